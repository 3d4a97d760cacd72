use std::cell::{Cell, RefCell};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::script::{arguments, at_a_given_time};
use super::*;
use crate::limit::counter::SECOND;
use crate::limit::counter_tests::steps;
use crate::limit::naive::counters;
use crate::limit::table::{Draw, Room};
use crate::redis::server::Server;

/// A request of a cost after a time.
type Request = (u64, u32);

/// A request that counts, or, with what comes in between and the time until it is undone, one that turns out not to.
type Event = (Request, Option<(Vec<Request>, u64)>);

fn events() -> impl Strategy<Value = Vec<Event>> {
    let step = || steps().prop_map(|step| step / 1000 * 1000);
    let request = move || (step(), 0..4u32);
    let undone = (proptest::collection::vec(request(), 0..3), step());
    proptest::collection::vec((request(), proptest::option::of(undone)), 1..20)
}

/// One bucket in a real Redis, at a time of the test's.
struct Bucket<'c> {
    scripts: [Script; 2],
    connection: &'c RefCell<redis::Connection>,
    key: String,
    counter: Counter,
}

impl Bucket<'_> {
    fn draw(&self, now: u64, cost: u32) -> (Verdict, u64) {
        let mut call = self.scripts[0].call();
        let (algorithm, parameters) = arguments(self.counter);
        call.key(&self.key).arg(algorithm).arg(cost);
        parameters
            .into_iter()
            .flatten()
            .for_each(|parameter| _ = call.arg(parameter));
        self.run(call, now)
    }

    fn give_back(&self, now: u64, mark: &str, cost: u32, drawn: (Verdict, u64)) -> (Verdict, u64) {
        let mut call = self.scripts[1].call();
        let (algorithm, parameters) = arguments(self.counter);
        call.key(format!("{}:{mark}", self.key)).key(&self.key).arg(drawn.1);
        call.arg(algorithm).arg(cost).arg(drawn.0.wait);
        parameters
            .into_iter()
            .flatten()
            .for_each(|parameter| _ = call.arg(parameter));
        self.run(call, now)
    }

    fn run(&self, mut call: crate::redis::Call<'_>, now: u64) -> (Verdict, u64) {
        call.arg(now / SECOND).arg(now % SECOND / 1000);
        let answer: Vec<u64> = call.whole().query(&mut *self.connection.borrow_mut()).unwrap();
        let drawn = Drawn::read(&answer, 1).unwrap();
        (drawn.verdicts[0], drawn.at)
    }
}

/// Whatever is drawn and given back, and however late: never is more admitted than if it had not been drawn, and with nothing
/// in between, exactly as much is left.
#[test]
fn l10_what_is_given_back_is_what_was_taken_and_never_more() {
    let server = Server::start();
    let connection = RefCell::new(server.client().get_connection().unwrap());
    let (rounds, given_back) = (Cell::new(0), Cell::new(0));
    let counters: Vec<_> = counters()
        .into_iter()
        .filter(|counter| !matches!(counter, Counter::Backoff { .. }))
        .collect();
    let mut runner = TestRunner::new(Config::with_cases(300));
    let outcome = runner.run(&(0..counters.len(), events()), |(counter, events)| {
        rounds.set(rounds.get() + 1);
        let bucket = Bucket {
            scripts: at_a_given_time(),
            connection: &connection,
            key: format!("back:{}", rounds.get()),
            counter: counters[counter],
        };
        // Without what is given back.
        let table = Table::new(16);
        let draw = |cost| Draw {
            key: table.key(Room::Callers, "bucket"),
            counter: bucket.counter,
            cost,
        };
        let mut now = 1_767_225_600 * SECOND + 123_456_000;
        // Draws in between find a bucket that is less full, so it has less in it afterwards as well.
        let mut is_same = true;
        let count = |now, cost, is_same: bool| {
            let (verdict, _) = bucket.draw(now, cost);
            let without = table.ask(draw(cost), now);
            prop_assert!(!verdict.admitted || without.admitted, "more was admitted");
            if is_same {
                prop_assert_eq!(verdict, without);
            }
            if verdict.admitted {
                table.draw(draw(cost), now);
            }
            Ok(())
        };
        for ((step, cost), undone) in events {
            now += step;
            let Some((between, step)) = undone else {
                count(now, cost, is_same)?;
                continue;
            };
            let drawn = bucket.draw(now, cost);
            if !drawn.0.admitted {
                continue;
            }
            for (step, cost) in between {
                now += step;
                is_same = false;
                count(now, cost, is_same)?;
            }
            now += step;
            let mark = given_back.get().to_string();
            let (after, _) = bucket.give_back(now, &mark, cost, drawn);
            given_back.set(given_back.get() + 1);
            prop_assert_eq!(bucket.give_back(now, &mark, cost, drawn).0, after, "given back twice");
            let without = table.ask(draw(0), now);
            prop_assert!(after.remaining <= without.remaining, "{:?} {:?}", after, without);
            if is_same {
                prop_assert_eq!(after, without);
            }
        }
        Ok(())
    });
    outcome.unwrap();
    assert!(given_back.get() > 500, "{}", given_back.get());
}
