// Checks dashboards against Grafana's schema: unknown, missing and mistyped fields are errors.
package main

import (
	"fmt"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

func check(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var board dashboard.Dashboard
	// The error of a valid dashboard is not nil, but empty.
	if err := board.UnmarshalJSONStrict(text); err != nil && err.Error() != "" {
		return err
	}
	return board.Validate()
}

func main() {
	failed := false
	for _, file := range os.Args[1:] {
		if err := check(file); err != nil && err.Error() != "" {
			fmt.Fprintln(os.Stderr, file+":", err)
			failed = true
		}
	}
	if failed || len(os.Args) == 1 {
		os.Exit(1)
	}
	fmt.Println("the dashboards follow the schema")
}
