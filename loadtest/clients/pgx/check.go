// Uses pgx as services do: its pool, its five ways to run a statement, batches, COPY, notifications, contexts that end.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
)

var failures int

func check(name string, action func(ctx context.Context, conn *pgx.Conn)) {
	ctx, cancel := context.WithTimeout(context.Background(), 40*time.Second)
	defer cancel()
	defer func() {
		if problem := recover(); problem != nil {
			failures++
			fmt.Printf("failed %s: %s\n", name, strings.ReplaceAll(fmt.Sprint(problem), "\n", "|"))
			return
		}
		fmt.Println("ok", name)
	}()
	conn := connect(ctx, "")
	defer conn.Close(context.Background())
	action(ctx, conn)
}

func connect(ctx context.Context, options string) *pgx.Conn {
	conn, err := pgx.Connect(ctx, os.Getenv("DATABASE_URL")+options)
	must(err)
	return conn
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

// Demands an error with a SQLSTATE.
func fails(err error, state string) {
	var refused *pgconn.PgError
	if !errors.As(err, &refused) || refused.Code != state {
		panic(fmt.Sprintf("expected an error %s, got %v", state, err))
	}
}

func exec(ctx context.Context, conn *pgx.Conn, sql string, arguments ...any) {
	_, err := conn.Exec(ctx, sql, arguments...)
	must(err)
}

func one[T any](ctx context.Context, conn interface {
	QueryRow(context.Context, string, ...any) pgx.Row
}, sql string, arguments ...any) T {
	var value T
	must(conn.QueryRow(ctx, sql, arguments...).Scan(&value))
	return value
}

var modes = []pgx.QueryExecMode{pgx.QueryExecModeCacheStatement, pgx.QueryExecModeCacheDescribe,
	pgx.QueryExecModeDescribeExec, pgx.QueryExecModeExec, pgx.QueryExecModeSimpleProtocol}

func main() {
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, module := range build.Deps {
			if module.Path == "github.com/jackc/pgx/v5" {
				fmt.Println("version", strings.TrimPrefix(module.Version, "v"))
			}
		}
	}
	check("types in every mode", types)
	check("several statements", func(ctx context.Context, conn *pgx.Conn) {
		exec(ctx, conn, "CREATE TABLE item (id int PRIMARY KEY, name text); INSERT INTO item VALUES (1, 'a')")
		equal(one[string](ctx, conn, "SELECT name FROM item WHERE id = $1", 1), "a")
	})
	check("six connections in turns, in every mode", turns)
	check("statements prepared by name", prepared)
	check("a cached statement after a change of the table", changed)
	check("transactions and savepoints", transactions)
	check("batches", batches)
	check("pipelines", pipelines)
	check("COPY in and out", copies)
	check("LISTEN and NOTIFY", notifications)
	check("a context that ends", cancels)
	check("its pool", pool)
	check("settings of the connection", settings)
	check("errors, and what comes after them", failing)
	check("large values", func(ctx context.Context, conn *pgx.Conn) {
		text := strings.Repeat("ü", 5_000_000)
		equal(one[string](ctx, conn, "SELECT $1::text", text), text)
	})
	check("large objects", largeObjects)
	fmt.Println("done")
	if failures > 0 {
		os.Exit(1)
	}
}

func types(ctx context.Context, conn *pgx.Conn) {
	at := time.Date(2026, 3, 29, 1, 59, 59, 123456000, time.UTC)
	for _, mode := range modes {
		equal(one[int32](ctx, conn, "SELECT $1::int4", mode, int32(42)), int32(42))
		equal(one[int64](ctx, conn, "SELECT $1::int8", mode, int64(1)<<62), int64(1)<<62)
		equal(one[string](ctx, conn, "SELECT $1::text", mode, "grüße 🐘 ' \\"), "grüße 🐘 ' \\")
		equal(one[[]byte](ctx, conn, "SELECT $1::bytea", mode, []byte{0, 1, 255}), []byte{0, 1, 255})
		equal(one[bool](ctx, conn, "SELECT $1::bool", mode, true), true)
		equal(one[time.Time](ctx, conn, "SELECT $1::timestamptz", mode, at).UTC(), at)
		equal(one[[]int32](ctx, conn, "SELECT $1::int4[]", mode, []int32{1, 2}), []int32{1, 2})
		equal(one[map[string]any](ctx, conn, "SELECT $1::jsonb", mode, `{"a": 1.5}`), map[string]any{"a": 1.5})
		equal(one[*string](ctx, conn, "SELECT $1::text", mode, nil), (*string)(nil))
		equal(one[pgtype.UUID](ctx, conn, "SELECT '00112233-4455-6677-8899-aabbccddeeff'::uuid", mode).Valid, true)
		number := one[pgtype.Numeric](ctx, conn, "SELECT 12345678901234567890.5::numeric", mode)
		equal(number.Int.String(), "123456789012345678905")
	}
}

func turns(ctx context.Context, _ *pgx.Conn) {
	for _, mode := range modes {
		var conns []*pgx.Conn
		for n := range 6 {
			conn := connect(ctx, fmt.Sprintf("?application_name=client%d", n))
			defer conn.Close(ctx)
			conns = append(conns, conn)
		}
		for round := range 10 {
			for n, conn := range conns {
				equal(one[int32](ctx, conn, fmt.Sprintf("SELECT $1::int4 + %d", n), mode, round), int32(round+n))
				equal(one[string](ctx, conn, "SELECT current_setting('application_name')", mode), fmt.Sprintf("client%d", n))
			}
		}
	}
}

func prepared(ctx context.Context, conn *pgx.Conn) {
	_, err := conn.Prepare(ctx, "sum", "SELECT $1::int4 + $2::int4")
	must(err)
	equal(one[int32](ctx, conn, "sum", 1, 2), int32(3))
	must(conn.Deallocate(ctx, "sum"))
	_, err = conn.Prepare(ctx, "sum", "SELECT $1::int4 * $2::int4")
	must(err)
	equal(one[int32](ctx, conn, "sum", 3, 4), int32(12))
	must(conn.DeallocateAll(ctx))
	_, err = conn.Prepare(ctx, "sum", "SELECT 7")
	must(err)
	equal(one[int32](ctx, conn, "sum"), int32(7))
	exec(ctx, conn, "DEALLOCATE sum")
}

func changed(ctx context.Context, conn *pgx.Conn) {
	exec(ctx, conn, "CREATE TABLE changing (a int); INSERT INTO changing VALUES (1)")
	query := "SELECT * FROM changing WHERE $1::int4 > 0"
	equal(one[int32](ctx, conn, query, 1), int32(1))
	other := connect(ctx, "")
	defer other.Close(ctx)
	exec(ctx, other, "ALTER TABLE changing ALTER a TYPE text")
	var text string
	fails(conn.QueryRow(ctx, query, 1).Scan(&text), "0A000")
	equal(one[string](ctx, conn, query, 1), "1")
}

func transactions(ctx context.Context, conn *pgx.Conn) {
	must(pgx.BeginFunc(ctx, conn, func(outer pgx.Tx) error {
		_, err := outer.Exec(ctx, "INSERT INTO item VALUES (10)")
		must(err)
		err = pgx.BeginFunc(ctx, outer, func(inner pgx.Tx) error {
			_, err := inner.Exec(ctx, "INSERT INTO item VALUES (10)")
			return err
		})
		fails(err, "23505")
		return nil
	}))
	equal(one[int64](ctx, conn, "SELECT count(*) FROM item WHERE id = 10"), int64(1))
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.Serializable, AccessMode: pgx.ReadOnly})
	must(err)
	_, err = tx.Exec(ctx, "INSERT INTO item VALUES (11)")
	fails(err, "25006")
	err = tx.Commit(ctx)
	if !errors.Is(err, pgx.ErrTxCommitRollback) {
		panic(fmt.Sprintf("a failed transaction was committed: %v", err))
	}
}

func batches(ctx context.Context, conn *pgx.Conn) {
	batch := &pgx.Batch{}
	for n := range 300 {
		batch.Queue("INSERT INTO item VALUES ($1, $2)", 1000+n, "batch")
	}
	sum := int32(0)
	for n := range 300 {
		batch.Queue("SELECT $1::int4", n).QueryRow(func(row pgx.Row) error {
			var value int32
			err := row.Scan(&value)
			sum += value
			return err
		})
	}
	must(conn.SendBatch(ctx, batch).Close())
	equal(sum, int32(44850))
	failing := &pgx.Batch{}
	failing.Queue("INSERT INTO item VALUES (2000)")
	failing.Queue("INSERT INTO item VALUES (1000)")
	failing.Queue("INSERT INTO item VALUES (2001)")
	fails(conn.SendBatch(ctx, failing).Close(), "23505")
	equal(one[int64](ctx, conn, "SELECT count(*) FROM item WHERE id >= 2000"), int64(0))
}

func pipelines(ctx context.Context, conn *pgx.Conn) {
	pipeline := conn.PgConn().StartPipeline(ctx)
	pipeline.SendPrepare("first", "SELECT $1::int4", nil)
	pipeline.SendQueryPrepared("first", [][]byte{[]byte("1")}, nil, nil)
	must(pipeline.Sync())
	pipeline.SendQueryParams("SELECT 1 / $1::int4", [][]byte{[]byte("0")}, nil, nil, nil)
	pipeline.SendQueryPrepared("first", [][]byte{[]byte("2")}, nil, nil)
	must(pipeline.Sync())
	pipeline.SendDeallocate("first")
	must(pipeline.Sync())
	var seen []string
	for {
		results, err := pipeline.GetResults()
		if err != nil {
			seen = append(seen, "error")
			continue
		}
		if results == nil {
			break
		}
		switch result := results.(type) {
		case *pgconn.ResultReader:
			read := result.Read()
			seen = append(seen, fmt.Sprintf("%s", read.Rows[0][0]))
		case *pgconn.StatementDescription:
			seen = append(seen, "described")
		case *pgconn.CloseComplete:
			seen = append(seen, "closed")
		case *pgconn.PipelineSync:
			seen = append(seen, "sync")
		}
	}
	must(pipeline.Close())
	equal(strings.Join(seen, " "), "described 1 sync error sync closed sync")
}

func copies(ctx context.Context, conn *pgx.Conn) {
	exec(ctx, conn, "CREATE TABLE copied (id int4, name text, at timestamptz)")
	rows := make([][]any, 5000)
	for n := range rows {
		rows[n] = []any{n, fmt.Sprintf("row %d", n), time.Unix(int64(n), 0)}
	}
	count, err := conn.CopyFrom(ctx, pgx.Identifier{"copied"}, []string{"id", "name", "at"}, pgx.CopyFromRows(rows))
	must(err)
	equal(count, int64(5000))
	var out bytes.Buffer
	_, err = conn.PgConn().CopyTo(ctx, &out, "COPY copied TO STDOUT")
	must(err)
	equal(bytes.Count(out.Bytes(), []byte("\n")), 5000)
	tag, err := conn.PgConn().CopyFrom(ctx, &out, "COPY copied FROM STDIN")
	must(err)
	equal(tag.RowsAffected(), int64(5000))
	_, err = conn.PgConn().CopyFrom(ctx, strings.NewReader(strings.Repeat("x\ty\tz\n", 100000)), "COPY copied FROM STDIN")
	fails(err, "22P02")
	equal(one[int64](ctx, conn, "SELECT count(*) FROM copied"), int64(10000))
}

func notifications(ctx context.Context, conn *pgx.Conn) {
	other := connect(ctx, "")
	defer other.Close(ctx)
	for n := range 10 {
		exec(ctx, conn, "LISTEN news")
		exec(ctx, other, fmt.Sprintf("NOTIFY news, '%d'", n))
		short, cancel := context.WithTimeout(ctx, 3*time.Second)
		note, err := conn.WaitForNotification(short)
		cancel()
		if err != nil {
			panic(fmt.Sprintf("nothing came in round %d: %v", n, err))
		}
		equal(note.Payload, fmt.Sprint(n))
		exec(ctx, conn, "UNLISTEN news")
	}
}

func cancels(ctx context.Context, conn *pgx.Conn) {
	short, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
	defer cancel()
	_, err := conn.Exec(short, "SELECT pg_sleep(20)")
	if !errors.Is(err, context.DeadlineExceeded) {
		panic(err)
	}
	other := connect(ctx, "")
	defer other.Close(ctx)
	time.AfterFunc(300*time.Millisecond, func() { _ = other.PgConn().CancelRequest(ctx) })
	_, err = other.Exec(ctx, "SELECT pg_sleep(20)")
	fails(err, "57014")
	equal(one[int32](ctx, other, "SELECT 1"), int32(1))
	// The statement of the lost connection must not go on either.
	for one[int64](ctx, other, "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep(20)%'") > 0 {
		if ctx.Err() != nil {
			panic("the statement goes on")
		}
	}
}

func pool(ctx context.Context, _ *pgx.Conn) {
	config, err := pgxpool.ParseConfig(os.Getenv("DATABASE_URL"))
	must(err)
	config.MaxConns = 10
	lent, err := pgxpool.NewWithConfig(ctx, config)
	must(err)
	defer lent.Close()
	var group sync.WaitGroup
	problems := make(chan any, 50)
	for n := range 50 {
		group.Add(1)
		go func() {
			defer group.Done()
			defer func() {
				if problem := recover(); problem != nil {
					problems <- problem
				}
			}()
			for round := range 10 {
				equal(one[int32](ctx, lent, fmt.Sprintf("SELECT $1::int4 + %d", n%5), round), int32(round+n%5))
			}
			must(pgx.BeginFunc(ctx, lent, func(tx pgx.Tx) error {
				_, err := tx.Exec(ctx, "UPDATE item SET name = 'pool' WHERE id = $1", n)
				return err
			}))
		}()
	}
	group.Wait()
	close(problems)
	for problem := range problems {
		panic(problem)
	}
}

func settings(ctx context.Context, _ *pgx.Conn) {
	var conns []*pgx.Conn
	for n := range 5 {
		conn := connect(ctx, fmt.Sprintf("?search_path=tenant%d&timezone=Asia/Tokyo&statement_timeout=%d", n, 10000+n))
		defer conn.Close(ctx)
		exec(ctx, conn, fmt.Sprintf("CREATE SCHEMA tenant%d", n))
		exec(ctx, conn, fmt.Sprintf("CREATE TABLE own AS SELECT %d AS n", n))
		conns = append(conns, conn)
	}
	for range 5 {
		for n, conn := range conns {
			equal(one[int32](ctx, conn, "SELECT n FROM own"), int32(n))
			equal(one[string](ctx, conn, "SHOW timezone"), "Asia/Tokyo")
			equal(one[string](ctx, conn, "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'"), fmt.Sprint(10000+n))
		}
	}
}

func failing(ctx context.Context, conn *pgx.Conn) {
	for _, mode := range modes {
		_, err := conn.Exec(ctx, "SELEC 1", mode)
		fails(err, "42601")
		_, err = conn.Exec(ctx, "SELECT 1 / $1::int4", mode, 0)
		fails(err, "22012")
		equal(one[int32](ctx, conn, "SELECT $1::int4", mode, 3), int32(3))
	}
	_, err := pgx.Connect(ctx, strings.Replace(os.Getenv("DATABASE_URL"), ":"+os.Getenv("PGPASSWORD")+"@", ":wrong@", 1))
	fails(err, "28P01")
	_, err = pgx.Connect(ctx, os.Getenv("DATABASE_URL")+"?nonsense=1")
	fails(err, "42704")
}

func largeObjects(ctx context.Context, conn *pgx.Conn) {
	must(pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		objects := tx.LargeObjects()
		id, err := objects.Create(ctx, 0)
		must(err)
		object, err := objects.Open(ctx, id, pgx.LargeObjectModeRead|pgx.LargeObjectModeWrite)
		must(err)
		_, err = object.Write([]byte("a large object"))
		must(err)
		_, err = object.Seek(2, 0)
		must(err)
		part := make([]byte, 5)
		_, err = object.Read(part)
		must(err)
		equal(string(part), "large")
		return objects.Unlink(ctx, id)
	}))
}
