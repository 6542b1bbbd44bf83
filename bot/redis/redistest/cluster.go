package redistest

import (
	"context"
	"errors"
	"strings"
	"testing"

	goredis "github.com/redis/go-redis/v9"
)

// StartCluster runs a Redis Cluster of one node that owns all slots, so
// that a script with keys of two slots, or with a key it did not declare, is
// refused as on a large one. It returns when the cluster's state is ok, and
// skips the test when there is no redis-server on the PATH.
func StartCluster(t testing.TB) *Server {
	t.Helper()
	s := &Server{t: t, cluster: true, args: []string{
		"--cluster-enabled", "yes",
		"--cluster-config-file", "nodes.conf",
		"--cluster-announce-ip", "127.0.0.1",
	}}
	s.begin()
	err := s.await(func(ctx context.Context, c *goredis.Client) error {
		return c.ClusterAddSlotsRange(ctx, 0, 16383).Err()
	})
	if err != nil {
		t.Fatalf("give the cluster's slots to its node: %v", err)
	}
	s.awaitCluster()
	return s
}

// awaitCluster returns when the node serves its slots.
func (s *Server) awaitCluster() {
	s.t.Helper()
	err := s.await(func(ctx context.Context, c *goredis.Client) error {
		info, err := c.ClusterInfo(ctx).Result()
		if err == nil && !strings.Contains(info, "cluster_state:ok") {
			err = errors.New("cluster_state is not ok")
		}
		return err
	})
	if err != nil {
		s.t.Fatalf("wait for the cluster: %v", err)
	}
}
