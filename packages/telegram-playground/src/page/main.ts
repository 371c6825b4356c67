import type { ServerEvent } from '../protocol.ts';
import { createActions } from './actions.ts';
import { createCallsPanel } from './calls-panel.ts';
import { createChatHeader } from './chat-header.ts';
import { createComposer } from './composer.ts';
import { el } from './dom.ts';
import { takeDrops } from './files.ts';
import { inlineSwitches } from './inline-switches.ts';
import { recall, remember } from './memory.ts';
import { listenToMessages } from './message-gestures.ts';
import { createMessageEvents } from './message-menu.ts';
import { createNotices } from './notices.ts';
import { hasFinePointer, isWide } from './screen.ts';
import { openSettings } from './settings.ts';
import { createSidebar } from './sidebar.ts';
import { createStore, type Store } from './store.ts';
import { applyTheme } from './theme.ts';
import { createThread } from './thread.ts';
import { WORDING } from './wording.ts';

applyTheme();
start();

function start(): void {
  const store = createStore(
    {
      person: recall('person') ?? '',
      conversation: '',
      screen: 'chat',
      panel: isWide(),
      online: true,
      replyTo: undefined,
      editing: undefined,
    },
    Date.now,
  );
  const notices = createNotices();
  const actions = createActions(store, notices);
  const composer = createComposer(store, actions);
  const events = createMessageEvents(store, actions, composer.focus);
  const thread = createThread(store, actions, events);
  listenToMessages(thread.element, store, events, composer.focus);
  inlineSwitches(thread.element, store, composer.put);
  const header = createChatHeader(store, () => openSettings(store, actions));
  const sidebar = createSidebar(store, actions, notices, () => {
    if (hasFinePointer()) composer.focus();
  });
  const panel = createCallsPanel(store, actions);
  const chat = el('main', { class: 'chat-view' }, header.element, thread.element, notices.element, composer.element);
  takeDrops(chat, actions);
  const app = el('div', { class: 'app' }, sidebar.element, chat, panel.element);
  const skip = el('button', { type: 'button', class: 'skip' }, WORDING.skip);
  skip.addEventListener('click', composer.focus);

  let ready = false;
  store.subscribe(() => {
    const scene = store.scene();
    if (!scene) return;
    app.dataset.screen = scene.ui.screen;
    app.dataset.panel = scene.ui.panel ? 'open' : 'closed';
    remember('person', scene.person.key);
    for (const view of [header, sidebar, thread, composer, panel]) view.update();
    if (ready) return;
    ready = true;
    const { brand, brandNote } = scene.world.words;
    document.title = `${brand} · ${brandNote}`;
    document.body.replaceChildren(skip, app);
    thread.update();
    if (hasFinePointer()) composer.focus();
  });
  listen(store);
}

function listen(store: Store): void {
  const source = new EventSource('/events');
  source.addEventListener('message', ({ data }) => store.receive(JSON.parse(data) as ServerEvent));
  source.addEventListener('open', () => store.change({ online: true }));
  source.addEventListener('error', () => store.change({ online: false }));
}
