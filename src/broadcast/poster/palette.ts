/** Few and quiet colours: paper, ink, and one that carries the mood. */
export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly deep: string;
  readonly middle: string;
  readonly pale: string;
  readonly accent: string;
}

export const PALETTES: readonly Palette[] = [
  // Pine
  { paper: '#f5f0e4', ink: '#17382b', deep: '#1d4737', middle: '#5d8771', pale: '#bccfbd', accent: '#c0472f' },
  // Indigo
  { paper: '#f3efe6', ink: '#182f4c', deep: '#1c3a5e', middle: '#6384a3', pale: '#c2d0d9', accent: '#c98a2b' },
  // Cinnabar
  { paper: '#f7f0e3', ink: '#5c1d19', deep: '#8e2b23', middle: '#c47a5f', pale: '#ebcdb7', accent: '#b98a3c' },
];
