//! Uses sqlx: its pool and its cache of statements, migrations under an advisory lock, its listener, COPY, streams.

use std::time::Duration;

use futures_util::TryStreamExt;
use futures_util::future::try_join_all;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgListener, PgPool, PgPoolOptions};
use sqlx::{Connection, Executor, Row};
use tokio::time::timeout;

type Failure = Box<dyn std::error::Error + Send + Sync>;
type Outcome = Result<(), Failure>;

fn options() -> Result<PgConnectOptions, Failure> {
    Ok(std::env::var("DATABASE_URL")?.parse()?)
}

async fn pool() -> Result<PgPool, Failure> {
    Ok(PgPoolOptions::new().max_connections(6).connect_with(options()?).await?)
}

fn equal<T: PartialEq + std::fmt::Debug>(actual: T, expected: T) -> Outcome {
    if actual == expected { Ok(()) } else { Err(format!("expected {expected:?}, got {actual:?}").into()) }
}

fn fails<T>(state: &str, result: Result<T, sqlx::Error>) -> Outcome {
    match result {
        Ok(_) => Err(format!("no error {state}").into()),
        Err(sqlx::Error::Database(error)) => equal(error.code().unwrap_or_default().to_string(), state.to_string()),
        Err(other) => Err(other.into()),
    }
}

#[tokio::main]
async fn main() {
    println!("version 0.8.6");
    let mut failures = 0;
    macro_rules! check {
        ($name:expr, $function:expr) => {
            match timeout(Duration::from_secs(40), $function).await {
                Ok(Ok(())) => println!("ok {}", $name),
                Ok(Err(problem)) => {
                    failures += 1;
                    println!("failed {}: {}", $name, problem.to_string().replace('\n', "|"));
                }
                Err(_) => {
                    failures += 1;
                    println!("failed {}: not done after 40 s", $name);
                }
            }
        };
    }
    check!("migrations", migrations());
    check!("types", types());
    check!("many tasks over its pool", many());
    check!("statements of six connections in turns", turns());
    check!("a small cache of statements", small_cache());
    check!("transactions and savepoints", transactions());
    check!("streams that end early", streams());
    check!("COPY in and out", copies());
    check!("its listener", listens());
    check!("describes", describes());
    check!("errors, and what comes after them", errors());
    check!("settings of the connection", settings());
    println!("done");
    std::process::exit(i32::from(failures > 0));
}

async fn migrations() -> Outcome {
    let steps = ["CREATE TABLE item (id int PRIMARY KEY, name text)", "ALTER TABLE item ADD at timestamptz; CREATE INDEX item_name ON item (name)"];
    let mut migrator = Migrator::DEFAULT;
    migrator.migrations = steps
        .iter()
        .enumerate()
        .map(|(n, sql)| Migration::new(n as i64 + 1, format!("step {n}").into(), MigrationType::Simple, (*sql).into(), false))
        .collect();
    let pool = pool().await?;
    migrator.run(&pool).await?;
    migrator.run(&pool).await?;
    let applied: i64 = sqlx::query_scalar("SELECT count(*) FROM _sqlx_migrations").fetch_one(&pool).await?;
    equal(applied, 2)
}

async fn types() -> Outcome {
    let pool = pool().await?;
    let uuid = uuid::Uuid::from_u128(7);
    let json = serde_json::json!({"a": [1, null]});
    let row = sqlx::query("SELECT $1::int4, $2::text, $3::bytea, $4::uuid, $5::jsonb, $6::int4[], $7::text")
        .bind(42i32)
        .bind("grüße 🐘")
        .bind(vec![0u8, 255])
        .bind(uuid)
        .bind(&json)
        .bind(vec![1i32, 2])
        .bind(None::<String>)
        .fetch_one(&pool)
        .await?;
    equal(row.get::<i32, _>(0), 42)?;
    equal(row.get::<String, _>(1), "grüße 🐘".to_string())?;
    equal(row.get::<Vec<u8>, _>(2), vec![0, 255])?;
    equal(row.get::<uuid::Uuid, _>(3), uuid)?;
    equal(row.get::<serde_json::Value, _>(4), json)?;
    equal(row.get::<Vec<i32>, _>(5), vec![1, 2])?;
    equal(row.get::<Option<String>, _>(6), None)
}

async fn many() -> Outcome {
    let pool = pool().await?;
    let answers = try_join_all((0..200i32).map(|n| {
        let pool = pool.clone();
        async move { sqlx::query_scalar::<_, i32>(&format!("SELECT $1::int4 + {}", n % 9)).bind(n).fetch_one(&pool).await }
    }))
    .await?;
    equal(answers, (0..200).map(|n| n + n % 9).collect::<Vec<i32>>())
}

async fn turns() -> Outcome {
    let mut connections = Vec::new();
    for number in 0..6 {
        connections.push(PgConnection::connect_with(&options()?.application_name(&format!("client{number}"))).await?);
    }
    for round in 0..20i32 {
        for (number, connection) in connections.iter_mut().enumerate() {
            let sum: i32 = sqlx::query_scalar(&format!("SELECT $1::int4 + {number}")).bind(round).fetch_one(&mut *connection).await?;
            equal(sum, round + number as i32)?;
            let name: String = sqlx::query_scalar("SELECT current_setting('application_name')").fetch_one(connection).await?;
            equal(name, format!("client{number}"))?;
        }
    }
    Ok(())
}

async fn small_cache() -> Outcome {
    let mut connection = PgConnection::connect_with(&options()?.statement_cache_capacity(2)).await?;
    for round in 0..50i32 {
        let sum: i32 = sqlx::query_scalar(&format!("SELECT $1::int4 + {}", round % 7)).bind(round).fetch_one(&mut connection).await?;
        equal(sum, round + round % 7)?;
    }
    connection.clear_cached_statements().await?;
    let one: i32 = sqlx::query_scalar("SELECT $1::int4").bind(1).fetch_one(&mut connection).await?;
    equal(one, 1)?;
    connection.close().await?;
    Ok(())
}

async fn transactions() -> Outcome {
    let pool = pool().await?;
    let mut outer = pool.begin().await?;
    sqlx::query("INSERT INTO item VALUES (10)").execute(&mut *outer).await?;
    let mut inner = outer.begin().await?;
    fails("23505", sqlx::query("INSERT INTO item VALUES ($1)").bind(10).execute(&mut *inner).await)?;
    inner.rollback().await?;
    outer.commit().await?;
    {
        let mut lost = pool.begin().await?;
        sqlx::query("INSERT INTO item VALUES (11)").execute(&mut *lost).await?;
    }
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM item WHERE id >= 10").fetch_one(&pool).await?;
    equal(count, 1)
}

async fn streams() -> Outcome {
    let pool = pool().await?;
    let sum = sqlx::query_scalar::<_, i32>("SELECT generate_series(1, $1::int4)")
        .bind(1000)
        .fetch(&pool)
        .try_fold(0, |sum, n| async move { Ok(sum + n) })
        .await?;
    equal(sum, 500500)?;
    for _ in 0..10 {
        let mut connection = pool.acquire().await?;
        let first: Option<i32> = sqlx::query_scalar("SELECT generate_series(1, 10000)").fetch(&mut *connection).try_next().await?;
        equal(first, Some(1))?;
        let two: i32 = sqlx::query_scalar("SELECT 2").fetch_one(&mut *connection).await?;
        equal(two, 2)?;
    }
    Ok(())
}

async fn copies() -> Outcome {
    let mut connection = PgConnection::connect_with(&options()?).await?;
    connection.execute("CREATE TABLE copied (id int4, name text)").await?;
    let mut sink = connection.copy_in_raw("COPY copied FROM STDIN").await?;
    for number in 0..2000 {
        sink.send(format!("{number}\trow\n").into_bytes()).await?;
    }
    equal(sink.finish().await?, 2000)?;
    let sink = connection.copy_in_raw("COPY copied FROM STDIN").await?;
    sink.abort("changed my mind").await?;
    let mut lines = 0;
    {
        let mut out = connection.copy_out_raw("COPY copied TO STDOUT").await?;
        while let Some(piece) = out.try_next().await? {
            lines += piece.iter().filter(|byte| **byte == b'\n').count();
        }
    }
    equal(lines, 2000)
}

async fn listens() -> Outcome {
    let pool = pool().await?;
    let mut listener = PgListener::connect_with(&pool).await?;
    for round in 0..10 {
        let channel = format!("news{round}");
        listener.listen(&channel).await?;
        sqlx::query("SELECT pg_notify($1, $2)").bind(&channel).bind(round.to_string()).execute(&pool).await?;
        let note = timeout(Duration::from_secs(3), listener.recv()).await.map_err(|_| format!("nothing came in round {round}"))??;
        equal(note.payload().to_string(), round.to_string())?;
    }
    listener.unlisten_all().await?;
    Ok(())
}

async fn describes() -> Outcome {
    let pool = pool().await?;
    let described = pool.describe("SELECT id, name FROM item WHERE id = $1").await?;
    equal(described.nullable(0), Some(false))?;
    equal(described.nullable(1), Some(true))
}

async fn errors() -> Outcome {
    let mut connection = PgConnection::connect_with(&options()?).await?;
    fails("42601", sqlx::query("SELEC 1").execute(&mut connection).await)?;
    fails("22012", sqlx::query("SELECT 1 / $1::int4").bind(0).execute(&mut connection).await)?;
    fails("42P01", connection.execute("SELECT * FROM nowhere").await)?;
    connection.ping().await?;
    Ok(())
}

async fn settings() -> Outcome {
    let options = options()?.options([("search_path", "somewhere"), ("statement_timeout", "200")]);
    let mut connection = PgConnection::connect_with(&options).await?;
    let path: String = sqlx::query_scalar("SELECT current_setting('search_path')").fetch_one(&mut connection).await?;
    equal(path, "somewhere".to_string())?;
    fails("57014", sqlx::query("SELECT pg_sleep(20)").execute(&mut connection).await)
}
