package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot/redis"
	"cadrebot/bot/redis/embedded"
)

// database is the store with what is known about where it is.
type database struct {
	*redis.Store
	client   goredis.UniversalClient
	embedded *embedded.Redis // nil: a real Redis, or another process's embedded store
	real     bool
	close    func() error
}

// poolSize carries more than the commits that run at once.
const poolSize = 160

// openDatabase opens Redis or the embedded store. With attach, a data folder
// that another process has is reached through that process.
func openDatabase(c *Config, attach bool) (*database, error) {
	d := &database{}
	switch {
	case c.RedisURL != "":
		client, err := redisClient(c.RedisURL)
		if err != nil {
			return nil, err
		}
		d.client, d.real, d.close = client, true, client.Close
	default:
		local, err := embedded.Open(c.Data)
		if errors.Is(err, embedded.ErrLocked) {
			return attached(c, attach, err)
		}
		if err != nil {
			return nil, err
		}
		d.embedded, d.client, d.close = local, local.Client(), local.Close
	}
	return d.finish(c)
}

// attached is the embedded store of another process.
func attached(c *Config, attach bool, locked error) (*database, error) {
	if !attach {
		return nil, fmt.Errorf("%w; stop it, choose another folder with CADREBOT_DATA, or give both one Redis with CADREBOT_REDIS_URL", locked)
	}
	client, err := embedded.Attach(c.Data)
	if err != nil {
		return nil, err
	}
	d := &database{client: client, close: client.Close}
	return d.finish(c)
}

func (d *database) finish(c *Config) (*database, error) {
	store, err := redis.New(d.client, c.Org)
	if err != nil {
		_ = d.close()
		return nil, fmt.Errorf("CADREBOT_ORG: %w", err)
	}
	d.Store = store
	if d.real {
		if err := store.Share(); err != nil {
			_ = d.close()
			return nil, err
		}
	}
	if err := d.readable(); err != nil {
		_ = d.close()
		return nil, err
	}
	return d, nil
}

// readableWithin is how long the store may take to say its layout. One that does
// not answer now is asked again before the first value is read.
const readableWithin = 2 * time.Second

// readable refuses a store that a newer program has written.
func (d *database) readable() error {
	ctx, cancel := context.WithTimeout(context.Background(), readableWithin)
	defer cancel()
	if err := d.Readable(ctx); newer(err) {
		return err
	}
	return nil
}

// newer reports that a store is not for this program.
func newer(err error) bool {
	var e *redis.LayoutError
	return errors.As(err, &e)
}

// redisClient reads a URL for one server, for Sentinel (?master_name=) or for a
// cluster (?cluster=true, or several addresses). It never retries by itself:
// after a lost answer only the engine knows what to do.
func redisClient(text string) (goredis.UniversalClient, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" && u.Scheme != "unix" {
		return nil, errors.New("CADREBOT_REDIS_URL is not of the form redis://user:password@host:6379/0") // without it: it may hold a password
	}
	q := u.Query()
	cluster, _ := strconv.ParseBool(q.Get("cluster"))
	q.Del("cluster")
	u.RawQuery = q.Encode()
	switch {
	case q.Get("master_name") != "":
		o, err := goredis.ParseFailoverURL(u.String())
		if err != nil {
			return nil, urlProblem(err)
		}
		// The user and password of the URL are the sentinels', and the
		// database's too unless it has others in the query.
		if o.Password == "" {
			o.Username, o.Password = o.SentinelUsername, o.SentinelPassword
		}
		o.MaxRetries, o.ContextTimeoutEnabled = -1, true
		o.PoolSize = max(o.PoolSize, poolSize)
		return goredis.NewFailoverClient(o), nil
	case cluster || q.Has("addr"):
		o, err := goredis.ParseClusterURL(u.String())
		if err != nil {
			return nil, urlProblem(err)
		}
		o.MaxRetries, o.ContextTimeoutEnabled = -1, true
		o.PoolSize = max(o.PoolSize, poolSize)
		return goredis.NewClusterClient(o), nil
	}
	o, err := goredis.ParseURL(u.String())
	if err != nil {
		return nil, urlProblem(err)
	}
	o.MaxRetries, o.ContextTimeoutEnabled = -1, true
	o.PoolSize = max(o.PoolSize, poolSize)
	return goredis.NewClient(o), nil
}

// urlProblem keeps the words of an error, but not the URL that some quote.
func urlProblem(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return fmt.Errorf("CADREBOT_REDIS_URL: %w", err)
}

// reachable waits up to d for the database to answer.
func (d *database) reachable(ctx context.Context, within time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	if err := d.Ping(ctx); err != nil {
		return fmt.Errorf("the store does not answer: %w", err)
	}
	return nil
}
