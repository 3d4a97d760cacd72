use std::time::{Duration, Instant};

use super::*;
use crate::limit::counter::SECOND;
use crate::limit::limit::Limit;
use crate::redis::server::wait_until;
use crate::redis::watched::Watched;

#[tokio::test]
#[allow(clippy::print_stdout, reason = "how long it took is worth knowing")]
async fn l10_after_a_failover_limits_go_on_from_what_was_copied() {
    let mut watched = Watched::start();
    let shared = RedisLimits::new(watched.redis(), [7; 32], Outage::Deny).prepare(&mut Vec::new());
    let window = 86_400 * SECOND;
    let limit = Limit::hidden("test", Counter::Quota { window, count: 10 });
    let draw = async |cost| {
        let bucket = Bucket::Everyone;
        let limit = &limit;
        let verdicts = shared
            .draw(&[Demand { limit, bucket, cost }], Counted::Together)
            .await?;
        Ok::<_, Unavailable>(
            verdicts
                .iter()
                .next()
                .map(|verdict| (verdict.admitted, verdict.remaining)),
        )
    };
    for left in [9, 8, 7] {
        assert_eq!(draw(1).await.unwrap(), Some((true, left)));
    }
    let [replica, master] = &mut watched.servers;
    let asked: String = replica.run(&["INFO", "commandstats"]);
    assert!(!asked.contains("cmdstat_eval"), "a replica was asked: {asked}");
    wait_until("a copy", || {
        let mut connection = replica.client().get_connection().unwrap();
        redis::cmd("SELECT").arg(2).exec(&mut connection).unwrap();
        let keys: Vec<String> = redis::cmd("KEYS").arg("*").query(&mut connection).unwrap();
        let kept: Option<String> = redis::cmd("GET").arg(keys.first()).query(&mut connection).unwrap();
        kept.is_some_and(|kept| kept.ends_with(" 3"))
    });
    master.kill();
    let began = Instant::now();
    // What costs nothing only asks, so whatever arrived unheard changes nothing.
    let left = loop {
        match draw(0).await {
            Ok(verdict) => break verdict,
            Err(_) => assert!(
                began.elapsed() < Duration::from_secs(60),
                "the new master was not found"
            ),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    println!(
        "limits held again {} ms after the master was killed",
        began.elapsed().as_millis()
    );
    assert_eq!(left, Some((true, 7)));
    assert_eq!(draw(7).await.unwrap(), Some((true, 0)));
    assert_eq!(draw(1).await.unwrap(), Some((false, 0)));
}
