use super::*;

const SIZE: Size = Size { width: 1280, height: 720 };
const FILM: Rect = Rect::new(320, 128, 640, 384);
const FRAME: Duration = Duration::from_millis(33);

/// A display on which things happen, seen by the policy as a host shows it.
struct Screen {
    motion: Motion,
    now: Instant,
    bandwidth: u64,
}

impl Screen {
    fn new() -> Self {
        Self { motion: Motion::new(SIZE), now: Instant::ZERO, bandwidth: 0 }
    }

    /// A frame with this damage, which takes so many bytes for a pixel where it goes without a codec.
    fn frame(&mut self, damage: &[Rect], bytes_a_pixel: u64) -> Plan {
        self.now += FRAME;
        let plan = self.motion.plan(self.now, damage, self.bandwidth);
        for rect in &plan.tiles {
            self.motion.encoded(self.now, *rect, usize::try_from(rect.area() * bytes_a_pixel).unwrap());
        }
        plan
    }

    fn frames(&mut self, count: u32, damage: &[Rect], bytes_a_pixel: u64) -> Plan {
        (0..count).map(|_| self.frame(damage, bytes_a_pixel)).last().unwrap()
    }
}

#[test]
fn a_film_becomes_video_within_half_a_second_and_stays_it() {
    let mut screen = Screen::new();
    let plan = screen.frames(15, &[FILM], 2);
    assert_eq!((plan.video, plan.tiles), (Some(FILM), Vec::new()));
    let mut key_frames = 0;
    for _ in 0..300 {
        let plan = screen.frame(&[FILM], 2);
        assert_eq!(plan.video, Some(FILM));
        key_frames += u32::from(plan.video_is_new);
    }
    assert_eq!(key_frames, 0);
}

#[test]
fn cheap_changes_small_ones_and_rare_ones_stay_exact() {
    let mut screen = Screen::new();
    // A scrolling terminal: few bytes for many pixels, or copies, which are not told at all.
    for _ in 0..100 {
        screen.now += FRAME;
        let plan = screen.motion.plan(screen.now, &[FILM], 0);
        assert_eq!(plan.video, None);
        screen.motion.encoded(screen.now, Rect::new(320, 128, 640, 20), 15_000);
    }
    // A spinner.
    assert_eq!(screen.frames(100, &[Rect::new(5, 5, 100, 100)], 4).video, None);
    // A picture that is replaced three times a second.
    for _ in 0..10 {
        screen.now += FRAME * 9;
        assert_eq!(screen.frame(&[FILM], 4).video, None);
    }
}

#[test]
fn on_a_narrow_path_less_is_already_too_much() {
    let motion = |bandwidth: u64| {
        let mut screen = Screen { bandwidth, ..Screen::new() };
        (0..40).any(|_| {
            screen.now += FRAME;
            let plan = screen.motion.plan(screen.now, &[FILM], bandwidth);
            screen.motion.encoded(screen.now, FILM, 20_000); // 600,000 bytes a second
            plan.video.is_some()
        })
    };
    assert!(!motion(0));
    assert!(!motion(100_000_000));
    assert!(motion(1_000_000));
}

#[test]
fn what_is_beside_the_film_stays_exact() {
    let mut screen = Screen::new();
    screen.frames(15, &[FILM], 2);
    let line = Rect::new(300, 500, 100, 16);
    let plan = screen.frame(&[FILM, line], 2);
    assert_eq!(plan.video, Some(FILM));
    assert_eq!(plan.tiles, [Rect::new(300, 512, 100, 4), Rect::new(300, 500, 20, 12)]);
    let plan = screen.frame(&[line], 2);
    assert_eq!(plan.video, Some(FILM), "part of the line lies in the film");
    let plan = screen.frame(&[Rect::new(0, 0, 10, 10)], 2);
    assert_eq!((plan.video, plan.tiles.len()), (None, 1), "the film has no new picture");
}

#[test]
fn when_the_film_stops_all_of_it_is_made_exact_and_only_once() {
    let mut screen = Screen::new();
    screen.frames(30, &[FILM], 2);
    let stopped = screen.now;
    let due = screen.motion.due_at().unwrap();
    assert_eq!(due, stopped + RESTS);
    screen.now = due;
    let mut exact: Vec<Rect> = Vec::new();
    while let Some(due) = screen.motion.due_at() {
        screen.now = screen.now.max(due);
        let plan = screen.motion.plan(screen.now, &[], 20_000_000);
        assert_eq!(plan.video, None);
        exact.extend(plan.exact);
        screen.now += FRAME;
        assert!(screen.now - stopped < Duration::from_millis(500), "exact within half a second");
    }
    assert_eq!(exact.iter().map(|rect| rect.area()).sum::<u64>(), FILM.area());
    assert!(exact.iter().all(|rect| rect.intersection(FILM) == Some(*rect)));
}

#[test]
fn a_film_that_goes_on_is_a_new_one() {
    let mut screen = Screen::new();
    screen.frames(30, &[FILM], 2);
    screen.now += Duration::from_secs(1);
    screen.motion.plan(screen.now, &[], 0);
    assert_eq!(screen.motion.video(), None);
    let plan = screen.frame(&[FILM], 2);
    assert_eq!(plan.tiles, [FILM], "one change is no motion");
    let first = (0..30).map(|_| screen.frame(&[FILM], 2)).find(|plan| plan.video.is_some()).unwrap();
    assert!(first.video_is_new);
}

#[test]
fn a_film_in_a_part_of_what_moved_takes_less() {
    let mut screen = Screen::new();
    screen.frames(30, &[Rect::of_size(SIZE)], 2);
    assert_eq!(screen.motion.video(), Some(Rect::of_size(SIZE)));
    let small = Rect::new(64, 64, 320, 192);
    let plans: Vec<Plan> = (0..120).map(|_| screen.frame(&[small], 2)).collect();
    assert_eq!(plans.last().unwrap().video, Some(small));
    let changes = plans.iter().filter(|plan| plan.video_is_new).count();
    assert_eq!(changes, 1);
    let exact: u64 = plans.iter().flat_map(|plan| &plan.exact).map(|rect| rect.area()).sum();
    assert!(exact >= SIZE.area() - small.area(), "the rest is exact again: {exact}");
}

#[test]
fn a_lost_packet_starts_the_codec_over_and_no_codec_ends_it() {
    let mut screen = Screen::new();
    screen.frames(20, &[FILM], 2);
    screen.motion.video_lost();
    let plan = screen.frame(&[Rect::new(0, 0, 5, 5)], 2);
    assert_eq!((plan.video, plan.video_is_new), (Some(FILM), true));
    screen.motion.no_video();
    assert_eq!(screen.frame(&[FILM], 2).tiles, [FILM]);
}

#[test]
fn odd_displays_give_even_rectangles() {
    let mut motion = Motion::new(Size { width: 801, height: 601 });
    let mut now = Instant::ZERO;
    let whole = Rect::new(0, 0, 801, 601);
    for _ in 0..15 {
        now += FRAME;
        for rect in motion.plan(now, &[whole], 0).tiles {
            motion.encoded(now, rect, 900_000);
        }
    }
    let plan = motion.plan(now, &[whole], 0);
    assert_eq!(plan.video, Some(Rect::new(0, 0, 800, 600)));
    assert_eq!(plan.tiles, [Rect::new(0, 600, 801, 1), Rect::new(800, 0, 1, 600)]);
}
