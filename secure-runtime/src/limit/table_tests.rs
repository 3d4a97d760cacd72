use super::counter::{Counter, SECOND, Verdict};
use super::table::{Draw, Room, Table};

const NOW: u64 = 1_767_225_600 * SECOND;
const PER_MINUTE: Counter = Counter::Gcra {
    interval: 600_000_000,
    size: 100,
};

fn draw(table: &Table, room: Room, of: impl std::hash::Hash, counter: Counter, now: u64) -> Verdict {
    let key = table.key(room, of);
    table.draw(Draw { key, counter, cost: 1 }, now)
}

#[test]
fn a_refusal_counts_in_none_of_the_limits() {
    let table = Table::new(100);
    let tight = Counter::Quota {
        window: 60 * SECOND,
        count: 1,
    };
    let of = |name: &str, counter| Draw {
        key: table.key(Room::Callers, name),
        counter,
        cost: 1,
    };
    let draws = [of("wide", PER_MINUTE), of("tight", tight), of("other", PER_MINUTE)];
    let said = |now| {
        let verdicts = table.draw_all(&draws, now);
        verdicts
            .iter()
            .map(|verdict| (verdict.admitted, verdict.remaining))
            .collect::<Vec<_>>()
    };
    assert_eq!(said(NOW), [(true, 99), (true, 0), (true, 99)]);
    for _ in 0..10 {
        assert_eq!(said(NOW), [(true, 99), (false, 0), (true, 99)]);
    }
    assert_eq!(said(NOW + 60 * SECOND), [(true, 99), (true, 0), (true, 99)]);
}

#[test]
fn a_forgotten_bucket_is_full() {
    let table = Table::new(100);
    let key = table.key(Room::Failures, "who");
    assert_eq!(draw(&table, Room::Failures, "who", PER_MINUTE, NOW).remaining, 99);
    table.forget(key);
    assert_eq!(draw(&table, Room::Failures, "who", PER_MINUTE, NOW).remaining, 99);
}

/// For each kind of limit: a hundred callers who used up half of it are not pushed out by ten times as many strangers as there is
/// room for, who use a little of it. The whole flood of ten million is in the integration tests.
#[test]
fn a_flood_takes_no_more_room_and_pushes_out_nobody_who_used_more() {
    let capacity = 10_000;
    for counter in super::naive::counters() {
        let table = Table::new(capacity);
        let busy = |caller: u32, now| draw(&table, Room::Callers, ("busy", caller), counter, now);
        let half = counter.size().max(4) / 2;
        for caller in 0..100 {
            for _ in 0..half {
                busy(caller, NOW);
            }
        }
        let states = || (0..100u32).map(|caller| table.state(table.key(Room::Callers, ("busy", caller))));
        let before: Vec<_> = states().collect();
        for flood in 0..100_000u64 {
            draw(&table, Room::Callers, ("flood", flood), counter, NOW + flood);
        }
        assert!(table.bytes() <= table.most_bytes());
        assert!(table.keys() <= 3 * (capacity + 16));
        let after: Vec<_> = states().collect();
        assert!(before.iter().all(Option::is_some));
        assert_eq!(before, after, "{counter:?}");
    }
}

#[test]
fn l8_a_flood_of_addresses_touches_no_caller_and_no_count_of_failures() {
    let table = Table::new(16);
    let once = |room, who: u64| draw(&table, room, who, PER_MINUTE, NOW).remaining;
    assert_eq!((once(Room::Callers, 0), once(Room::Failures, 0)), (99, 99));
    for flood in 0..10_000 {
        for _ in 0..5 {
            once(Room::Addresses, flood);
        }
    }
    assert_eq!((once(Room::Callers, 0), once(Room::Failures, 0)), (98, 98));
}

#[test]
fn what_is_full_again_gives_way_first() {
    let table = Table::new(16);
    let once = |who: u32, now| draw(&table, Room::Callers, who, PER_MINUTE, now);
    for who in 0..16 {
        for _ in 0..50 {
            once(who, NOW);
        }
    }
    // All but the last are idle for a minute, and full again.
    let later = NOW + 60 * SECOND;
    for _ in 0..50 {
        once(15, later);
    }
    for stranger in 100..115 {
        once(stranger, later);
    }
    assert_eq!(once(15, later).remaining, 49);
}

#[test]
fn a_bucket_takes_a_few_dozen_bytes() {
    let table = Table::new(100_000);
    let each = table.most_bytes() / 100_000;
    assert!(each <= 3 * 44, "{each} bytes for a bucket in each of three rooms");
    // Before anybody draws, a hundredth of that; then what is used.
    assert!(table.bytes() <= table.most_bytes() / 100);
    assert!(table.state(table.key(Room::Callers, "who")).is_none());
    let unused = table.bytes();
    draw(&table, Room::Callers, "who", PER_MINUTE, NOW);
    assert!((1..8192).contains(&(table.bytes() - unused)));
}

/// Under every interleaving that the checker tries, two threads with two requests each, which draw from two limits, in both
/// orders, are admitted exactly as often as the tighter one says, and no limit was drawn from by a refused one.
#[test]
fn every_interleaving_admits_exactly_what_the_limit_says() {
    use std::sync::Arc;

    let round = || {
        let table = Arc::new(Table::<shuttle::sync::Mutex<super::table::Set>>::with_locks(16));
        let (tight, wide) = (
            Counter::Quota {
                window: 60 * SECOND,
                count: 3,
            },
            PER_MINUTE,
        );
        let threads = [false, true].map(|turned| {
            let table = Arc::clone(&table);
            shuttle::thread::spawn(move || {
                let mut draws = [("tight", tight), ("wide", wide)].map(|(name, counter)| Draw {
                    // Two rooms, so that they stand in two sets.
                    key: table.key(if name == "wide" { Room::Callers } else { Room::Addresses }, name),
                    counter,
                    cost: 1,
                });
                if turned {
                    draws.reverse();
                }
                let all = |_| table.draw_all(&draws, NOW).iter().all(|verdict| verdict.admitted);
                (0..2).map(all).filter(|admitted| *admitted).count()
            })
        });
        let admitted: usize = threads.into_iter().map(|thread| thread.join().unwrap()).sum();
        assert_eq!(admitted, 3);
        let wide = Draw {
            key: table.key(Room::Callers, "wide"),
            counter: PER_MINUTE,
            cost: 0,
        };
        assert_eq!(table.ask(wide, NOW).remaining, 97);
    };
    shuttle::check_dfs(round, None);
}
