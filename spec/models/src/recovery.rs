//! Liveness: from wherever one got to, the way on is never cut off.
//!
//! Stateright's own `eventually` looks at ends of runs only and does not see runs that go round in a circle. What is
//! checked here is stronger than "no deadlock" and needs no assumption about how fair the network is: from every state that
//! can be reached, a good one can be reached.

use std::collections::{HashMap, VecDeque};
use std::fmt::Debug;
use std::hash::{DefaultHasher, Hash, Hasher};

use stateright::Model;

/// What was explored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Explored {
    /// States that can be reached.
    pub states: usize,
    /// Steps between them.
    pub steps: usize,
    /// The good ones among the states.
    pub good: usize,
}

/// A state from which no good one can be reached any more.
#[derive(Clone, Debug)]
pub struct Stuck<S, A> {
    /// The steps to it.
    pub path: Vec<A>,
    /// The state.
    pub state: S,
}

/// A model's [`Stuck`].
pub type StuckIn<M> = Stuck<<M as Model>::State, <M as Model>::Action>;

/// Explores all of a model's states and looks for one from which no good one can be reached.
///
/// States are told apart by hashes of 64 bits; two of a million collide with a chance of one in 10^7.
///
/// # Errors
/// Such a state that is nearest to the beginning.
pub fn always_recovers<M: Model>(
    model: &M,
    good: impl Fn(&M::State) -> bool,
) -> Result<Explored, Box<StuckIn<M>>>
where
    M::State: Clone + Hash,
    M::Action: Clone,
{
    let mut index: HashMap<u64, usize> = HashMap::new();
    let (mut parents, mut is_good, mut steps) = (Vec::new(), Vec::new(), Vec::new());
    let mut queue = VecDeque::new();
    for state in model.init_states() {
        index.insert(hash(&state), parents.len());
        parents.push(None);
        is_good.push(good(&state));
        queue.push_back((parents.len() - 1, state));
    }
    while let Some((from, state)) = queue.pop_front() {
        for (number, (_, next)) in model.next_steps(&state).into_iter().enumerate() {
            let to = *index.entry(hash(&next)).or_insert_with(|| {
                parents.push(Some((from, number)));
                is_good.push(good(&next));
                queue.push_back((parents.len() - 1, next));
                parents.len() - 1
            });
            steps.push((to, from));
        }
    }
    let good = is_good.iter().filter(|good| **good).count();
    match unsaved(&is_good, &steps) {
        None => Ok(Explored { states: parents.len(), steps: steps.len(), good }),
        Some(stuck) => Err(Box::new(path_to(model, &parents, stuck))),
    }
}

fn hash(state: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    state.hash(&mut hasher);
    hasher.finish()
}

/// The first state from which no good one can be reached; `steps` are pairs of where to and where from.
fn unsaved(is_good: &[bool], steps: &[(usize, usize)]) -> Option<usize> {
    let mut steps = steps.to_vec();
    steps.sort_unstable();
    let mut saved = is_good.to_vec();
    let mut queue: Vec<usize> = (0..saved.len()).filter(|i| saved[*i]).collect();
    while let Some(to) = queue.pop() {
        let begin = steps.partition_point(|step| step.0 < to);
        for (_, from) in steps[begin..].iter().take_while(|step| step.0 == to) {
            if !saved[*from] {
                saved[*from] = true;
                queue.push(*from);
            }
        }
    }
    saved.iter().position(|saved| !saved)
}

/// Goes to a state again, from the beginning.
fn path_to<M: Model>(
    model: &M,
    parents: &[Option<(usize, usize)>],
    stuck: usize,
) -> Stuck<M::State, M::Action>
where
    M::Action: Clone,
{
    let mut numbers = Vec::new();
    let mut at = stuck;
    while let Some((parent, number)) = parents[at] {
        numbers.push(number);
        at = parent;
    }
    let mut state = model.init_states().swap_remove(at);
    let mut path = Vec::new();
    for number in numbers.into_iter().rev() {
        let (action, next) = model.next_steps(&state).swap_remove(number);
        path.push(action);
        state = next;
    }
    Stuck { path, state }
}

#[cfg(test)]
mod tests {
    use super::always_recovers;
    use stateright::Model;

    /// Counts up to 9 and round again; at `trap` one may fall into a circle of two that leads nowhere.
    struct Clock {
        trap: Option<u8>,
    }

    impl Model for Clock {
        type State = u8;
        type Action = bool;

        fn init_states(&self) -> Vec<u8> {
            vec![0]
        }

        fn actions(&self, state: &u8, actions: &mut Vec<bool>) {
            actions.push(false);
            if self.trap == Some(*state) {
                actions.push(true);
            }
        }

        fn next_state(&self, state: &u8, fall: bool) -> Option<u8> {
            Some(match state {
                _ if fall => 20,
                20 => 21,
                21 => 20,
                _ => (state + 1) % 10,
            })
        }
    }

    #[test]
    fn a_circle_that_leads_nowhere_is_found_with_the_shortest_way_to_it() {
        let found = always_recovers(&Clock { trap: Some(2) }, |state| *state == 7).unwrap_err();
        assert_eq!((found.path.as_slice(), found.state), (&[false, false, true][..], 20));
    }

    #[test]
    fn a_circle_through_a_good_state_is_fine() {
        let explored = always_recovers(&Clock { trap: None }, |state| *state == 7).unwrap();
        assert_eq!((explored.states, explored.steps, explored.good), (10, 10, 1));
    }
}
