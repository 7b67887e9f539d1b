package fleet

// This file divides a fleet among machines that know nothing of one another.

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// Shard is one of Of equal parts of a fleet, from 1. The zero Shard is all of it.
type Shard struct{ N, Of int }

// Has reports whether a portal belongs to the shard. It depends on the portal's
// id alone, so that a portal never moves when others come or go.
func (s Shard) Has(id string) bool {
	if s.Of <= 1 {
		return true
	}
	sum := sha256.Sum256([]byte(id))
	return binary.BigEndian.Uint64(sum[:8])%uint64(s.Of) == uint64(s.N-1)
}

func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.N, s.Of) }

// ParseShard reads “2/8”, the second of eight.
func ParseShard(text string) (Shard, error) {
	n, of, ok := strings.Cut(text, "/")
	s := Shard{}
	var err1, err2 error
	s.N, err1 = strconv.Atoi(strings.TrimSpace(n))
	s.Of, err2 = strconv.Atoi(strings.TrimSpace(of))
	if !ok || err1 != nil || err2 != nil || s.N < 1 || s.Of < s.N {
		return Shard{}, fmt.Errorf("%q is no shard; write its number and how many there are, such as 2/8", text)
	}
	return s, nil
}

// ShardFrom reads the shard that a CI system or cluster gives a job: GitLab's
// CI_NODE_INDEX (from 1) and CI_NODE_TOTAL, or a Kubernetes Indexed Job's
// JOB_COMPLETION_INDEX (from 0) with the number of shards in BELFRY_SHARDS, as that
// system does not tell it. It is the zero Shard where none of them is set.
func ShardFrom(env func(string) string) (Shard, error) {
	if index := env("JOB_COMPLETION_INDEX"); index != "" {
		of := env("BELFRY_SHARDS")
		if of == "" {
			return Shard{}, fmt.Errorf("JOB_COMPLETION_INDEX is %s, but the number of shards is not known; set BELFRY_SHARDS to the job's completions", index)
		}
		n, err := strconv.Atoi(index)
		if err != nil {
			return Shard{}, fmt.Errorf("JOB_COMPLETION_INDEX is %q, which is no number", index)
		}
		return ParseShard(strconv.Itoa(n+1) + "/" + of)
	}
	if total := env("CI_NODE_TOTAL"); total != "" && total != "1" && env("CI_NODE_INDEX") != "" {
		return ParseShard(env("CI_NODE_INDEX") + "/" + total)
	}
	return Shard{}, nil
}
