//! Uses tokio-postgres: pipelines by joining futures, prepared statements, portals, COPY, notifications, cancelling.

use std::fmt::{Debug, Display};
use std::future::poll_fn;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{join_all, try_join_all};
use futures_util::{SinkExt, TryStreamExt, pin_mut};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{Kind, Type};
use tokio_postgres::{AsyncMessage, Client, Error, NoTls};

type Outcome = Result<(), String>;

/// Connects; what nobody asked for arrives in the receiver.
async fn connect(options: &str) -> Result<(Client, UnboundedReceiver<String>), String> {
    let url = std::env::var("DATABASE_URL").map_err(text)? + options;
    let (client, mut connection) = tokio_postgres::connect(&url, NoTls).await.map_err(text)?;
    let (sender, receiver) = unbounded_channel();
    tokio::spawn(async move {
        while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
            match message {
                AsyncMessage::Notification(note) => drop(sender.send(note.payload().to_string())),
                AsyncMessage::Notice(notice) => drop(sender.send(notice.message().to_string())),
                _ => {}
            }
        }
    });
    Ok((client, receiver))
}

fn text(problem: impl Debug) -> String {
    format!("{problem:?}")
}

fn equal<T: PartialEq + Debug>(actual: T, expected: T) -> Outcome {
    if actual == expected { Ok(()) } else { Err(format!("expected {expected:?}, got {actual:?}")) }
}

fn fails<T>(state: &str, result: Result<T, Error>) -> Outcome {
    match result {
        Ok(_) => Err(format!("no error {state}")),
        Err(error) => equal(error.code().map(|code| code.code().to_string()), Some(state.to_string())),
    }
}

fn report(failures: &mut u32, name: impl Display, outcome: Result<Outcome, tokio::time::error::Elapsed>) {
    match outcome {
        Ok(Ok(())) => println!("ok {name}"),
        Ok(Err(problem)) => {
            *failures += 1;
            println!("failed {name}: {}", problem.replace('\n', "|"));
        }
        Err(_) => {
            *failures += 1;
            println!("failed {name}: not done after 40 s");
        }
    }
}

#[tokio::main]
async fn main() {
    println!("version 0.7.15");
    let mut failures = 0;
    macro_rules! check {
        ($name:expr, $function:expr) => {
            report(&mut failures, $name, timeout(Duration::from_secs(40), $function).await);
        };
    }
    check!("types", types());
    check!("several statements", several_statements());
    check!("pipelines", pipelines());
    check!("statements of six connections in turns", turns());
    check!("statements that are dropped", dropped());
    check!("transactions and savepoints", transactions());
    check!("portals", portals());
    check!("COPY in and out", copies());
    check!("LISTEN and NOTIFY", notifications());
    check!("notices", notices());
    check!("cancelling", cancels());
    check!("settings of the connection", settings());
    check!("own types", own_types());
    println!("done");
    std::process::exit(i32::from(failures > 0));
}

async fn types() -> Outcome {
    let (client, _) = connect("").await?;
    let uuid = uuid::Uuid::from_u128(7);
    let json = serde_json::json!({"a": [1, null]});
    let row = client
        .query_one(
            "SELECT $1::int4, $2::int8, $3::text, $4::bytea, $5::bool, $6::uuid, $7::jsonb, $8::int4[], $9::text",
            &[&42i32, &i64::MIN, &"grüße 🐘", &vec![0u8, 255], &true, &uuid, &json, &vec![Some(1i32), None], &None::<String>],
        )
        .await
        .map_err(text)?;
    equal(row.get::<_, i32>(0), 42)?;
    equal(row.get::<_, i64>(1), i64::MIN)?;
    equal(row.get::<_, String>(2), "grüße 🐘".to_string())?;
    equal(row.get::<_, Vec<u8>>(3), vec![0, 255])?;
    equal(row.get::<_, uuid::Uuid>(5), uuid)?;
    equal(row.get::<_, serde_json::Value>(6), json)?;
    equal(row.get::<_, Vec<Option<i32>>>(7), vec![Some(1), None])?;
    equal(row.get::<_, Option<String>>(8), None)
}

async fn several_statements() -> Outcome {
    let (client, _) = connect("").await?;
    client
        .batch_execute("CREATE TABLE item (id int PRIMARY KEY, name text); INSERT INTO item VALUES (1, 'a')")
        .await
        .map_err(text)?;
    let messages = client.simple_query("SELECT 1; SELECT 2").await.map_err(text)?;
    equal(messages.len(), 6)
}

async fn pipelines() -> Outcome {
    let (client, _) = connect("").await?;
    let statement = client.prepare("SELECT 10 / $1::int4").await.map_err(text)?;
    let divisors: Vec<i32> = (0..200).map(|n| n % 10).collect();
    let answers = join_all(divisors.iter().map(|divisor| async {
        let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 1] = [divisor];
        client.query_one(&statement, &parameters).await
    }))
    .await;
    for (divisor, answer) in divisors.iter().zip(answers) {
        if *divisor == 0 {
            fails("22012", answer)?;
        } else {
            equal(answer.map_err(text)?.get::<_, i32>(0), 10 / divisor)?;
        }
    }
    Ok(())
}

async fn turns() -> Outcome {
    let mut clients = Vec::new();
    for number in 0..6 {
        let (client, _) = connect(&format!("?application_name=client{number}")).await?;
        let statement = client.prepare(&format!("SELECT $1::int4 + {number}")).await.map_err(text)?;
        clients.push((client, statement));
    }
    for round in 0..20i32 {
        for (number, (client, statement)) in clients.iter().enumerate() {
            let row = client.query_one(statement, &[&round]).await.map_err(text)?;
            equal(row.get::<_, i32>(0), round + number as i32)?;
            let row = client.query_one("SELECT current_setting('application_name')", &[]).await.map_err(text)?;
            equal(row.get::<_, String>(0), format!("client{number}"))?;
        }
    }
    Ok(())
}

async fn dropped() -> Outcome {
    let (client, _) = connect("").await?;
    for round in 0..50i32 {
        let statement = client.prepare("SELECT $1::int4").await.map_err(text)?;
        let row = client.query_one(&statement, &[&round]).await.map_err(text)?;
        equal(row.get::<_, i32>(0), round)?;
    }
    Ok(())
}

async fn transactions() -> Outcome {
    let (mut client, _) = connect("").await?;
    let mut outer = client.transaction().await.map_err(text)?;
    outer.execute("INSERT INTO item VALUES (10)", &[]).await.map_err(text)?;
    let inner = outer.savepoint("here").await.map_err(text)?;
    fails("23505", inner.execute("INSERT INTO item VALUES ($1)", &[&10i32]).await)?;
    inner.rollback().await.map_err(text)?;
    outer.commit().await.map_err(text)?;
    {
        let lost = client.transaction().await.map_err(text)?;
        lost.execute("INSERT INTO item VALUES (11)", &[]).await.map_err(text)?;
    }
    let row = client.query_one("SELECT count(*) FROM item WHERE id >= 10", &[]).await.map_err(text)?;
    equal(row.get::<_, i64>(0), 1)
}

async fn portals() -> Outcome {
    let (mut client, _) = connect("").await?;
    let transaction = client.transaction().await.map_err(text)?;
    let first = transaction.bind("SELECT generate_series(1, 100)", &[]).await.map_err(text)?;
    let second = transaction.bind("SELECT generate_series(101, 200)", &[]).await.map_err(text)?;
    equal(transaction.query_portal(&first, 60).await.map_err(text)?.len(), 60)?;
    equal(transaction.query_portal(&second, 10).await.map_err(text)?[0].get::<_, i32>(0), 101)?;
    equal(transaction.query_portal(&first, 60).await.map_err(text)?.len(), 40)?;
    transaction.commit().await.map_err(text)
}

async fn copies() -> Outcome {
    let (client, _) = connect("").await?;
    client.batch_execute("CREATE TABLE copied (id int4, name text)").await.map_err(text)?;
    let sink = client.copy_in::<_, Bytes>("COPY copied FROM STDIN").await.map_err(text)?;
    pin_mut!(sink);
    for number in 0..2000 {
        sink.send(Bytes::from(format!("{number}\trow\n"))).await.map_err(text)?;
    }
    equal(sink.finish().await.map_err(text)?, 2000)?;
    let sink = client.copy_in("COPY copied FROM STDIN (FORMAT binary)").await.map_err(text)?;
    let writer = BinaryCopyInWriter::new(sink, &[Type::INT4, Type::TEXT]);
    pin_mut!(writer);
    for number in 0..2000i32 {
        writer.as_mut().write(&[&number, &"row"]).await.map_err(text)?;
    }
    equal(writer.finish().await.map_err(text)?, 2000)?;
    let pieces: Vec<Bytes> =
        client.copy_out("COPY copied TO STDOUT").await.map_err(text)?.try_collect().await.map_err(text)?;
    equal(pieces.concat().iter().filter(|byte| **byte == b'\n').count(), 4000)?;
    // A sink that is dropped gives up the COPY.
    let sink = client.copy_in::<_, Bytes>("COPY copied FROM STDIN").await.map_err(text)?;
    drop(sink);
    let row = client.query_one("SELECT count(*) FROM copied", &[]).await.map_err(text)?;
    equal(row.get::<_, i64>(0), 4000)
}

async fn notifications() -> Outcome {
    let (client, mut heard) = connect("").await?;
    let (other, _) = connect("").await?;
    for round in 0..10 {
        client.batch_execute("LISTEN news").await.map_err(text)?;
        other.batch_execute(&format!("NOTIFY news, '{round}'")).await.map_err(text)?;
        let payload = timeout(Duration::from_secs(3), heard.recv())
            .await
            .map_err(|_| format!("nothing came in round {round}"))?;
        equal(payload, Some(round.to_string()))?;
        client.batch_execute("UNLISTEN news").await.map_err(text)?;
    }
    Ok(())
}

async fn notices() -> Outcome {
    let (client, mut heard) = connect("").await?;
    client.batch_execute("DO $$ BEGIN RAISE NOTICE 'hello'; END $$").await.map_err(text)?;
    equal(heard.recv().await, Some("hello".to_string()))
}

async fn cancels() -> Outcome {
    let (client, _) = connect("").await?;
    let token = client.cancel_token();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(300)).await;
        token.cancel_query(NoTls).await
    });
    fails("57014", client.query_one("SELECT 1 FROM pg_sleep(20)", &[]).await)?;
    client.query_one("SELECT 1", &[]).await.map_err(text).map(drop)
}

async fn settings() -> Outcome {
    let (client, _) = connect("?options=-c%20search_path%3Dsomewhere%20-c%20statement_timeout%3D200").await?;
    let row = client.query_one("SELECT current_setting('search_path')", &[]).await.map_err(text)?;
    equal(row.get::<_, String>(0), "somewhere".to_string())?;
    fails("57014", client.query_one("SELECT 1 FROM pg_sleep(20)", &[]).await)
}

async fn own_types() -> Outcome {
    let (client, _) = connect("").await?;
    client.batch_execute("CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE DOMAIN feeling AS mood").await.map_err(text)?;
    let statements = try_join_all((0..3).map(|_| client.prepare("SELECT $1::mood"))).await.map_err(text)?;
    match statements[0].params()[0].kind() {
        Kind::Enum(labels) => equal(labels.clone(), vec!["sad".to_string(), "happy".to_string()]),
        other => Err(format!("not an enum: {other:?}")),
    }
}
