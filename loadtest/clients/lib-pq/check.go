// Uses lib/pq through database/sql, with its listener and its COPY.
package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/lib/pq"
)

var failures int

func check(name string, action func(db *sql.DB)) {
	defer func() {
		if problem := recover(); problem != nil {
			failures++
			fmt.Printf("failed %s: %s\n", name, strings.ReplaceAll(fmt.Sprint(problem), "\n", "|"))
			return
		}
		fmt.Println("ok", name)
	}()
	db := open("")
	defer db.Close()
	action(db)
}

func open(options string) *sql.DB {
	db, err := sql.Open("postgres", os.Getenv("DATABASE_URL")+"?sslmode=disable"+options)
	must(err)
	db.SetMaxOpenConns(8)
	return db
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func equal(actual, expected any) {
	if !reflect.DeepEqual(actual, expected) {
		panic(fmt.Sprintf("expected %v (%T), got %v (%T)", expected, expected, actual, actual))
	}
}

func fails(err error, state string) {
	var refused *pq.Error
	if !errors.As(err, &refused) || string(refused.Code) != state {
		panic(fmt.Sprintf("expected an error %s, got %v", state, err))
	}
}

func exec(db interface {
	Exec(string, ...any) (sql.Result, error)
}, statement string, arguments ...any) {
	_, err := db.Exec(statement, arguments...)
	must(err)
}

func one[T any](db interface {
	QueryRow(string, ...any) *sql.Row
}, statement string, arguments ...any) T {
	var value T
	must(db.QueryRow(statement, arguments...).Scan(&value))
	return value
}

func main() {
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, module := range build.Deps {
			if module.Path == "github.com/lib/pq" {
				fmt.Println("version", strings.TrimPrefix(module.Version, "v"))
			}
		}
	}
	check("types", types)
	check("types, with binary parameters", func(*sql.DB) {
		db := open("&binary_parameters=yes")
		defer db.Close()
		types(db)
	})
	check("several statements", func(db *sql.DB) {
		exec(db, "CREATE TABLE item (id int PRIMARY KEY, name text); INSERT INTO item VALUES (1, 'a')")
		equal(one[string](db, "SELECT name FROM item WHERE id = $1", 1), "a")
	})
	check("prepared statements over many connections", prepared)
	check("transactions, savepoints, errors", transactions)
	check("several result sets", results)
	check("COPY in", copies)
	check("its listener", listens)
	check("a context that ends", cancels)
	check("settings of the connection", settings)
	check("rows that are not read to the end", unread)
	fmt.Println("done")
	if failures > 0 {
		os.Exit(1)
	}
}

func types(db *sql.DB) {
	at := time.Date(2026, 3, 29, 1, 59, 59, 123456000, time.UTC)
	equal(one[int](db, "SELECT $1::int4", 42), 42)
	equal(one[string](db, "SELECT $1::text", "grüße 🐘 ' \\"), "grüße 🐘 ' \\")
	equal(one[[]byte](db, "SELECT $1::bytea", []byte{0, 1, 255}), []byte{0, 1, 255})
	equal(one[time.Time](db, "SELECT $1::timestamptz", at).UTC(), at)
	equal(one[string](db, "SELECT $1::numeric", "12345678901234567890.5"), "12345678901234567890.5")
	equal(one[bool](db, "SELECT $1::bool", true), true)
	var numbers pq.Int64Array
	must(db.QueryRow("SELECT $1::int8[]", pq.Array([]int64{1, 2})).Scan(&numbers))
	equal([]int64(numbers), []int64{1, 2})
	var null sql.NullString
	must(db.QueryRow("SELECT NULL::text").Scan(&null))
	equal(null.Valid, false)
}

func prepared(db *sql.DB) {
	statements := make([]*sql.Stmt, 5)
	for n := range statements {
		statement, err := db.Prepare(fmt.Sprintf("SELECT $1::int4 + %d", n))
		must(err)
		defer statement.Close()
		statements[n] = statement
	}
	var group sync.WaitGroup
	problems := make(chan any, 40)
	for n := range 40 {
		group.Add(1)
		go func() {
			defer group.Done()
			for round := range 10 {
				var value int
				err := statements[n%5].QueryRow(round).Scan(&value)
				if err != nil || value != round+n%5 {
					problems <- fmt.Sprintf("got %d: %v", value, err)
					return
				}
			}
		}()
	}
	group.Wait()
	close(problems)
	for problem := range problems {
		panic(problem)
	}
}

func transactions(db *sql.DB) {
	tx, err := db.BeginTx(context.Background(), &sql.TxOptions{Isolation: sql.LevelSerializable})
	must(err)
	equal(one[string](tx, "SHOW transaction_isolation"), "serializable")
	exec(tx, "INSERT INTO item VALUES (10)")
	exec(tx, "SAVEPOINT here")
	_, err = tx.Exec("INSERT INTO item VALUES ($1)", 10)
	fails(err, "23505")
	_, err = tx.Exec("SELECT 1")
	fails(err, "25P02")
	exec(tx, "ROLLBACK TO here")
	must(tx.Commit())
	equal(one[int](db, "SELECT count(*) FROM item WHERE id = 10"), 1)
	tx, err = db.BeginTx(context.Background(), &sql.TxOptions{ReadOnly: true})
	must(err)
	_, err = tx.Exec("INSERT INTO item VALUES (11)")
	fails(err, "25006")
	must(tx.Rollback())
}

func results(db *sql.DB) {
	rows, err := db.Query("SELECT 1; SELECT 2")
	must(err)
	defer rows.Close()
	var seen []int
	for {
		for rows.Next() {
			var value int
			must(rows.Scan(&value))
			seen = append(seen, value)
		}
		if !rows.NextResultSet() {
			break
		}
	}
	equal(seen, []int{1, 2})
}

func copies(db *sql.DB) {
	exec(db, "CREATE TABLE copied (id int, name text)")
	tx, err := db.Begin()
	must(err)
	statement, err := tx.Prepare(pq.CopyIn("copied", "id", "name"))
	must(err)
	for n := range 5000 {
		_, err = statement.Exec(n, fmt.Sprintf("row\t%d", n))
		must(err)
	}
	_, err = statement.Exec()
	must(err)
	must(statement.Close())
	must(tx.Commit())
	equal(one[int](db, "SELECT count(*) FROM copied"), 5000)
}

func listens(db *sql.DB) {
	listener := pq.NewListener(os.Getenv("DATABASE_URL")+"?sslmode=disable", time.Second, time.Second, nil)
	defer listener.Close()
	for n := range 10 {
		channel := fmt.Sprintf("news%d", n)
		must(listener.Listen(channel))
		exec(db, fmt.Sprintf("NOTIFY %s, '%d'", channel, n))
		select {
		case note := <-listener.Notify:
			equal(note.Extra, fmt.Sprint(n))
		case <-time.After(3 * time.Second):
			panic(fmt.Sprintf("nothing came in round %d", n))
		}
	}
	must(listener.Ping())
	must(listener.UnlistenAll())
}

func cancels(db *sql.DB) {
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := db.ExecContext(ctx, "SELECT pg_sleep(20)")
	if err == nil || time.Since(start) > 5*time.Second {
		panic(fmt.Sprintf("not cancelled: %v", err))
	}
	equal(one[int](db, "SELECT 1"), 1)
}

func settings(*sql.DB) {
	var all []*sql.DB
	for n := range 5 {
		db := open(fmt.Sprintf("&search_path=tenant%d&application_name=app%d", n, n))
		defer db.Close()
		exec(db, fmt.Sprintf("CREATE SCHEMA tenant%d; CREATE TABLE own AS SELECT %d AS n", n, n))
		all = append(all, db)
	}
	for range 5 {
		for n, db := range all {
			equal(one[int](db, "SELECT n FROM own"), n)
			equal(one[string](db, "SHOW application_name"), fmt.Sprintf("app%d", n))
		}
	}
}

func unread(db *sql.DB) {
	for range 5 {
		rows, err := db.Query("SELECT generate_series(1, 10000)")
		must(err)
		rows.Next()
		must(rows.Close())
	}
	equal(one[int](db, "SELECT 1"), 1)
}
