export interface EndFollower {
  toEnd(behavior?: 'smooth'): void;
  /** Something was added or changed; `fresh` when it is a new message. */
  grown(fresh: boolean): void;
}

/** Nearer to the end than this counts as being there. Pixels. */
const NEAR_PX = 60;

/** Keeps a list at its end, unless the reader has scrolled up; then counts what came meanwhile. */
export function followEnd(scroller: HTMLElement, report: (away: boolean, unseen: number) => void): EndFollower {
  let following = true;
  let unseen = 0;

  const isNear = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_PX;

  function stay(): void {
    if (following) scroller.scrollTop = scroller.scrollHeight;
    report(!following, unseen);
  }

  scroller.addEventListener('scroll', () => {
    following = isNear();
    if (following) unseen = 0;
    report(!following, unseen);
  });
  // The keyboard of a phone, a growing input line, a quotation that opens: the end stays in view.
  const observer = new ResizeObserver(stay);
  observer.observe(scroller);
  if (scroller.firstElementChild) observer.observe(scroller.firstElementChild);

  return {
    toEnd(behavior) {
      unseen = 0;
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      if (behavior === 'smooth' && !calm) {
        scroller.scrollTo({ top: scroller.scrollHeight, behavior });
        return;
      }
      following = true;
      stay();
    },
    grown(fresh) {
      if (fresh && !following) unseen++;
      stay();
    },
  };
}
