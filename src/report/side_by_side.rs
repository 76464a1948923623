//! The same work on many things over several threads, results in the order of the things. Knows no paper.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Processors that there are.
pub(super) fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Each of so many threads, this one among them, takes the next thing that nobody has. `desk` makes what one thread
/// works with, once a thread.
pub(super) fn side_by_side<T: Sync, D, R: Send>(
    things: &[T],
    threads: usize,
    desk: impl Fn() -> D + Sync,
    work: impl Fn(&mut D, &T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut desk = desk();
        let mut made = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(thing) = things.get(place) else { return made };
            made.push((place, work(&mut desk, thing)));
        }
    };
    let mut made = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(things.len())).map(|_| scope.spawn(run)).collect();
        let mut made = run();
        for other in others {
            match other.join() {
                Ok(more) => made.extend(more),
                // As if it had been made here.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        made
    });
    made.sort_by_key(|(place, _)| *place);
    made.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_things_however_many_threads_there_are() {
        let things: Vec<u32> = (0..100).collect();
        for threads in [0, 1, 3, 200] {
            let doubled = side_by_side(&things, threads, || 0, |_, thing| thing * 2);
            assert_eq!(doubled, things.iter().map(|thing| thing * 2).collect::<Vec<_>>(), "{threads}");
        }
        let counted = side_by_side(
            &things,
            1,
            || 0,
            |seen, _| {
                *seen += 1;
                *seen
            },
        );
        assert_eq!(counted.last(), Some(&100), "one desk a thread");
        assert!(side_by_side(&[0_u32; 0], 4, || (), |(), thing| *thing).is_empty());
    }
}
