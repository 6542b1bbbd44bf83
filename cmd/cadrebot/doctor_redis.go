package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot"
)

// examineWithin bounds one server's examination.
const examineWithin = 5 * time.Second

// examineRedis looks whether Redis is set up as a database, on every master.
func examineRedis(ctx context.Context, client goredis.UniversalClient) []finding {
	ctx, cancel := context.WithTimeout(ctx, examineWithin)
	defer cancel()
	cluster, ok := client.(*goredis.ClusterClient)
	if !ok {
		return examineServer(ctx, "redis", client)
	}
	found := make(chan []finding, 1024)
	err := cluster.ForEachMaster(ctx, func(ctx context.Context, c *goredis.Client) error {
		found <- examineServer(ctx, "redis "+c.Options().Addr, c)
		return nil
	})
	close(found)
	var list []finding
	for f := range found {
		list = append(list, f...)
	}
	if err != nil {
		list = append(list, finding{wrong, "redis: the cluster does not answer: " + err.Error(), "see whether its nodes run and CADREBOT_REDIS_URL names them"})
	}
	return list
}

func examineServer(ctx context.Context, name string, c goredis.Cmdable) []finding {
	begin := time.Now()
	now, err := c.Time(ctx).Result()
	if err != nil {
		return []finding{{wrong, name + ": does not answer: " + err.Error(), "see whether it runs, and whether address, user and password in CADREBOT_REDIS_URL are right"}}
	}
	ended := time.Now()
	list := []finding{examineClock(name, begin, now, ended)}
	list = append(list, examineVersion(ctx, name, c)...)
	for _, s := range wantedSettings {
		list = append(list, s.examine(ctx, name, c))
	}
	return list
}

// clockApart is how far this machine's clock and the server's may be apart.
const clockApart = 2 * time.Second

func examineClock(name string, begin, server, end time.Time) finding {
	apart := max(begin.Sub(server), server.Sub(end), 0)
	if apart > clockApart {
		return finding{wrong, fmt.Sprintf("%s: its clock and this machine's are %s apart", name, apart.Round(time.Second)),
			"keep both with NTP: reminders come at the time of this machine"}
	}
	return finding{fine, name + ": answers, and the clocks agree", ""}
}

// leastVersion has everything that the scripts and commands need.
const leastVersion = 6.02

func examineVersion(ctx context.Context, name string, c goredis.Cmdable) []finding {
	info, err := c.Info(ctx, "server", "persistence", "memory").Result()
	if err != nil || info == "" {
		// Some servers give one section at a time.
		info, err = c.Info(ctx).Result()
	}
	if err != nil {
		return []finding{{unclear, name + ": its version is not told (" + err.Error() + ")", "allow this user INFO; Redis 6.2 or newer is needed"}}
	}
	fields := infoFields(info)
	version := fields["redis_version"]
	list := []finding{{fine, name + ": version " + version, ""}}
	if v := strings.SplitN(version, ".", 3); len(v) >= 2 {
		major, _ := strconv.Atoi(v[0])
		minor, _ := strconv.Atoi(v[1])
		if float64(major)+float64(minor)/100 < leastVersion {
			list[0] = finding{wrong, name + ": version " + version + " is too old", "install Redis 6.2 or newer"}
		}
	}
	if s := fields["aof_last_write_status"]; s != "" && s != "ok" {
		list = append(list, finding{wrong, name + ": its last write to the append-only file failed", "see whether its disk is full, and its log"})
	}
	if fields["role"] == "slave" {
		list = append(list, finding{wrong, name + ": it is a replica", "name the primary in CADREBOT_REDIS_URL, or use Sentinel"})
	}
	return list
}

func infoFields(info string) map[string]string {
	fields := map[string]string{}
	for line := range strings.Lines(info) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			fields[name] = value
		}
	}
	return fields
}

// setting is one that Redis needs to be a database.
type setting struct{ name, want, why string }

var wantedSettings = []setting{
	{"appendonly", "yes", "without the append-only file a restart of Redis loses everything since its last snapshot"},
	{"appendfsync", "always", "otherwise a power cut loses what was confirmed within the last second or longer"},
	{"maxmemory-policy", "noeviction", "otherwise Redis throws conversations away when memory runs short"},
}

func (s setting) examine(ctx context.Context, name string, c goredis.Cmdable) finding {
	values, err := c.ConfigGet(ctx, s.name).Result()
	got, known := values[s.name]
	switch {
	case err != nil || !known:
		return finding{unclear, name + ": " + s.name + " can't be read (CONFIG is not allowed here)",
			"see to it that " + s.name + " is " + s.want + ": " + s.why}
	case got != s.want:
		return finding{wrong, name + ": " + s.name + " is " + got + ", not " + s.want,
			"set " + s.name + " " + s.want + " in redis.conf, or CONFIG SET " + s.name + " " + s.want + " and CONFIG REWRITE: " + s.why}
	}
	return finding{fine, name + ": " + s.name + " is " + s.want, ""}
}

// warnOfDatabase says at the start what doctor would say of Redis.
func (a *app) warnOfDatabase(ctx context.Context) {
	if !a.db.real {
		return
	}
	for _, f := range examineRedis(ctx, a.db.client) {
		if f.level != fine {
			a.log.Warn(f.what, "remedy", f.remedy)
		}
	}
}

// people is how many the bot has met.
func (d *database) people(ctx context.Context) (int, error) {
	things, err := d.Load(ctx, bot.Ref{Kind: bot.MembersRef, ID: "everyone"})
	if err != nil {
		return 0, err
	}
	return membersOf(things[0]).N, nil
}
