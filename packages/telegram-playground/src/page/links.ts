/** What follows "?start=" in a link to the bot; undefined for any other link. */
export function startPayload(url: string, username: string): string | undefined {
  const link = URL.canParse(url) ? new URL(url) : undefined;
  if (!link || !/^(t|telegram)\.me$/.test(link.hostname)) return undefined;
  if (link.pathname.toLowerCase() !== `/${username.toLowerCase()}`) return undefined;
  return link.searchParams.get('start') ?? '';
}

/** The link when it leads somewhere harmless. A bot may write anything, "javascript:" too. */
export function safeLink(url: string): string | undefined {
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  if (!URL.canParse(absolute)) return undefined;
  return /^(https?|mailto|tg):$/.test(new URL(absolute).protocol) ? absolute : undefined;
}
