package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"belfry/generator"
	"belfry/generator/fleet"
)

const cacheHelp = "keep rendered pages in this `DIR` (BELFRY_CACHE); “verify” makes every page anew and compares it with what BELFRY_CACHE keeps"

// verifyCache is the value of --cache that is no folder. A folder of that name is ./verify.
const verifyCache = "verify"

// openCache opens the cache that --cache names; nil for "".
func openCache(name string) (*generator.Cache, error) {
	verify := name == verifyCache
	if verify {
		name = os.Getenv("BELFRY_CACHE")
		if name == "" || name == verifyCache {
			return nil, misuse("--cache=verify looks at the cache that BELFRY_CACHE names: set it to a folder")
		}
	}
	if name == "" {
		return nil, nil
	}
	cache, err := generator.OpenCache(name)
	if err != nil {
		return nil, machine(err)
	}
	cache.Verify = verify
	return cache, nil
}

func cacheCommand() *cobra.Command {
	c := &cobra.Command{Use: "cache", Short: "Look after the folder that keeps rendered pages"}
	var most string
	trim := &cobra.Command{
		Use:   "trim [DIR]",
		Short: "Remove from the cache what was not used for longest",
		Long: "Remove from the cache in DIR (the folder that BELFRY_CACHE names without it) what\nwas not used for longest, until it has at most the size of --max. Builds may run\n" +
			"beside it: what they miss they make again. Files that are not belfry's stay.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			dir := os.Getenv("BELFRY_CACHE")
			if len(args) == 1 {
				dir = args[0]
			}
			if dir == "" {
				return misuse("which cache? Name its folder: belfry cache trim DIR")
			}
			max, ok := fleet.ParseSize(most)
			if !ok && most != "0" {
				return misuse("--max %q is no size; write a number and its unit, such as 500 MB", most)
			}
			if info, err := os.Stat(dir); err != nil || !info.IsDir() {
				return misuse("there is no folder %s", dir)
			}
			cache, err := generator.OpenCache(dir)
			if err != nil {
				return machine(err)
			}
			out, err := cache.Trim(max)
			if err != nil {
				return machine(err)
			}
			fmt.Printf("%d files removed, %s; %d files left, %s\n", out.Removed, size(out.Freed), out.Files, size(out.Bytes))
			return nil
		},
	}
	trim.Flags().StringVar(&most, "max", "1 GB", "leave at most this `SIZE`")
	c.AddCommand(trim)
	return c
}
