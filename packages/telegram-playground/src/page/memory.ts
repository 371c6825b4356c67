/** What the visitor chose last time. A browser that keeps nothing is no hindrance. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(`playground.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`playground.${name}`, value);
  } catch {
    // Private windows may refuse: the choice then holds until the page is closed.
  }
}
