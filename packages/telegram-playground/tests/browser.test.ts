import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lay } from './cable.ts';
import { type Neighbour, openNeighbour } from './neighbour.ts';

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));
const ARGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

if (!executablePath) {
  process.stderr.write('playground: skipped in the browser: no /usr/bin/chromium, and CHROMIUM names none\n');
}

describe.skipIf(!executablePath)('in a real browser', () => {
  let here: Neighbour;
  let browser: Browser;
  let page: Page;
  let complaints: string[] = [];

  beforeAll(async () => {
    here = await openNeighbour();
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ARGS });
    page = await open(DESKTOP);
  });
  // One page for all: a reset gives each test its own neighbourhood, as it gives a visitor.
  beforeEach(async () => {
    complaints = [];
    await here.act({ type: 'reset' });
    await page.locator('.chat', { hasText: '阳光社区居民群' }).click();
    await page.getByRole('radio', { name: /小林/ }).click();
    await page.getByRole('searchbox').fill('');
    await input().fill('');
    await page.locator('.chip').first().waitFor();
  });
  afterEach(() => {
    // Faults of scripts and breaches of the content security policy both end up here.
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await here?.close();
  });

  async function open(options: BrowserContextOptions, url = here.url): Promise<Page> {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(20_000);
    const opened = await context.newPage();
    opened.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    opened.on('pageerror', (error) => complaints.push(String(error)));
    await opened.goto(url);
    await input(opened).waitFor();
    return opened;
  }

  const input = (of = page) => of.getByRole('textbox', { name: '消息' });
  const messages = (of = page) => of.locator('.message');
  const answers = (of = page) => of.locator('.message:has(.quote)');

  async function say(text: string): Promise<void> {
    await input().fill(text);
    // An open list of suggestions would take Enter for itself.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await messages().filter({ hasText: text }).first().waitFor();
  }

  async function ask(text = '@test_bot 劳动合同跟谁签？'): Promise<void> {
    await say(text);
    await answers().last().waitFor();
  }

  test('an empty chat offers three questions; the bot answers one with a quotation in reply', async () => {
    const chips = page.locator('.chip');
    expect(await chips.allTextContents()).toHaveLength(3);
    await chips.first().click();
    await answers().waitFor();
    expect(await answers().locator('.quote').textContent()).toContain('依法签订劳动合同');
    expect(await answers().locator('.reply-preview').textContent()).toContain('小林');
    expect(await answers().locator('.sender-name').textContent()).toBe('小助手');
    expect(await messages().first().locator('.ticks').getAttribute('aria-label')).toBe('已送达机器人');
    await expect.poll(() => chips.count()).toBe(0);
  });

  test('a long quotation shows three lines and opens; seeing oneself as another keeps it open', async () => {
    await ask('@test_bot 全部内容');
    const quote = answers().locator('.quote');
    const height = async () => (await quote.boundingBox())?.height ?? 0;
    expect(await height()).toBeLessThan(90);
    await page.getByRole('button', { name: '展开引用' }).click();
    expect(await height()).toBeGreaterThan(150);
    await page.getByRole('radio', { name: /王姐/ }).click();
    expect(await page.getByRole('button', { name: '收起引用' }).getAttribute('aria-expanded')).toBe('true');
  });

  test('buttons toast, alert, and edit; focus stays where it was', async () => {
    await ask();
    await page.getByRole('button', { name: '👍' }).click();
    await page.getByText('谢谢你的反馈', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: '👎' }).click();
    await page.getByRole('dialog', { name: '请告诉我们哪里不对' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '看原文' }).focus();
    await page.keyboard.press('Enter');
    await answers().getByText('已编辑').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('◂ 上一段');
  });

  test('a file is sent by its button or dropped on the chat, and shows with its name and size', async () => {
    const file = { name: '通知.txt', mimeType: 'text/plain', buffer: Buffer.from('明日停水。') };
    await page.locator('.attach-box input').setInputFiles(file);
    await messages().filter({ hasText: '通知.txt15 B' }).first().waitFor();
    const dropped = await page.evaluateHandle(
      `(() => { const data = new DataTransfer(); data.items.add(new File(['后日停电。'], '停电.md')); return data; })()`,
    );
    await page.dispatchEvent('.chat-view', 'dragover', { dataTransfer: dropped });
    expect(await page.locator('.chat-view.dropping').count()).toBe(1);
    await page.dispatchEvent('.chat-view', 'drop', { dataTransfer: dropped });
    await messages().filter({ hasText: '停电.md' }).first().waitFor();
    expect(await page.locator('.chat-view.dropping').count()).toBe(0);
  });

  test('the command menu is filtered as one types, and is that of the person and language', async () => {
    const options = page.getByRole('option');
    await page.getByRole('radio', { name: /王姐/ }).click();
    await input().pressSequentially('/');
    await expect.poll(() => options.count()).toBe(3);
    await input().pressSequentially('s');
    await expect.poll(() => options.allTextContents()).toEqual(['/settings群设置（管理员）']);
    await page.keyboard.press('Tab');
    expect(await input().inputValue()).toBe('/settings ');
    await page.getByRole('radio', { name: /Emma/ }).click();
    await page.getByRole('button', { name: '打开命令菜单' }).click();
    await expect.poll(() => options.allTextContents()).toEqual(['/helpHow to use']);
    await input().press('Enter');
    await page.locator('.command-link', { hasText: '/ask' }).waitFor();
  });

  test('a mention is completed and stands apart from the Chinese before it', async () => {
    await input().pressSequentially('请问@te');
    await page.getByRole('option', { name: /小助手/ }).waitFor();
    await page.keyboard.press('Enter');
    expect(await input().inputValue()).toBe('请问 @test_bot ');
    await input().pressSequentially('合同跟谁签');
    await page.keyboard.press('Enter');
    await answers().waitFor();
  });

  test('inline results are inserted on choice; Enter alone sends the words', async () => {
    await input().fill('@test_bot 外资');
    await page.getByRole('option', { name: /引用1：外资/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const inserted = page.locator('.message', { hasText: '插入的引用2' });
    expect(await inserted.locator('.via').textContent()).toBe('通过 @test_bot');
    expect(await input().inputValue()).toBe('');
    await input().fill('@test_bot 外资');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await answers().waitFor();
  });

  test('everything about a message can be done from the keyboard', async () => {
    await say('有错字');
    await page.keyboard.press('ArrowUp');
    expect(await input().inputValue()).toBe('有错字');
    await input().fill('没有错字\n第二行');
    await page.keyboard.press('Enter');
    await messages().getByText('已编辑').waitFor();
    expect(await messages().locator('.text').textContent()).toContain('没有错字\n第二行');
    await ask();
    await messages().last().focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('menuitem').allTextContents()).toEqual(['回复', '编辑', '复制文字', '删除']);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect.poll(() => messages().filter({ hasText: '没有错字' }).count()).toBe(0);
    await messages().last().focus();
    await page.keyboard.press('r');
    await page.getByText('回复 小助手').first().waitFor();
    await page.keyboard.type('那体检呢');
    await page.keyboard.press('Enter');
    await expect.poll(() => answers().count()).toBe(2);
  });

  test('Shift+Enter begins a line; Enter while an input method composes sends nothing', async () => {
    await input().pressSequentially('一');
    await page.keyboard.press('Shift+Enter');
    await input().pressSequentially('二');
    expect(await input().inputValue()).toBe('一\n二');
    await page.evaluate(
      `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))`,
    );
    expect(await messages().count()).toBe(0);
  });

  test('the anonymous administrator appears as the group; sides change with the speaker', async () => {
    await page.getByRole('radio', { name: /老周/ }).click();
    await say('周六大扫除');
    const notice = messages().filter({ hasText: '周六大扫除' });
    expect(await notice.getAttribute('class')).toContain('own');
    await page.getByRole('radio', { name: /小林/ }).click();
    await expect.poll(() => notice.getAttribute('class')).not.toContain('own');
    expect(await notice.locator('.sender').textContent()).toBe('阳光社区居民群匿名管理员');
  });

  test('under privacy mode small talk does not reach the bot, and the tick says so', async () => {
    await say('大家好');
    const ticks = messages().last().locator('.ticks');
    expect(await ticks.getAttribute('aria-label')).toContain('机器人没有收到');
    await page.getByRole('switch', { name: /隐私模式/ }).click();
    await page.getByText('群里的每条消息都会送达机器人').waitFor();
    await say('再说一遍');
    await expect.poll(() => messages().last().locator('.ticks').getAttribute('aria-label')).toBe('已送达机器人');
  });

  test('what people write is text and never markup', async () => {
    const attack = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    await say(attack);
    expect(await messages().last().locator('.text').textContent()).toContain(attack);
    expect(await page.locator('.text img, .text script').count()).toBe(0);
    expect(await page.title()).toBe('小助手 · 体验');
  });

  test('scrolled up, one stays there; the arrow counts what came and leads down', async () => {
    await here.act({ type: 'privacy', on: true });
    for (let i = 0; i < 30; i++) await here.act(message(`消息${i}`));
    await messages().filter({ hasText: '消息29' }).waitFor();
    await page.getByRole('log').hover();
    await page.mouse.wheel(0, -600);
    const down = page.getByRole('button', { name: /回到最新消息/ });
    await down.waitFor();
    await here.act(message('新来的'));
    await page.getByRole('button', { name: '回到最新消息，1 条新消息' }).click();
    await expect.poll(() => page.locator('.down.shown').count()).toBe(0);
    expect(await messages().last().isVisible()).toBe(true);
  });

  function message(text: string): Parameters<Neighbour['act']>[0] {
    const room = here.emulator.watch.chats().findLast(({ title }) => title === '阳光社区居民群');
    return { type: 'say', person: 'admin', chat: room?.id ?? 0, text };
  }

  test('the panel lists the calls with their verdicts, newest first; the filter narrows them', async () => {
    await ask();
    const methods = page.locator('.call-method');
    await expect.poll(() => methods.allTextContents()).toEqual(['sendMessage', 'sendChatAction']);
    expect(await page.locator('.call .badge').first().textContent()).toBe('合规');
    await page.locator('.call-summary').first().click();
    expect(await page.locator('.call-code').first().textContent()).toContain('"reply_parameters"');
    await page.getByRole('searchbox').fill('typing');
    await expect.poll(() => methods.allTextContents()).toEqual(['sendChatAction']);
    await page.locator('.panel-count', { hasText: '1 / 2 次' }).waitFor();
  });

  test('a call that breaks a rule stands out', async () => {
    await fetch(`${here.apiRoot}/bot${here.emulator.token}/sendMessage?chat_id=1&text=x&colour=red`);
    await page.locator('.badge.bad').waitFor();
    await page.locator('.call-summary').first().click();
    await page.locator('.call-problems', { hasText: 'colour' }).waitFor();
    expect(await page.locator('.panel-toggle').getAttribute('class')).toContain('alarm');
  });

  test('the clock moves to the morning', async () => {
    await page.getByRole('button', { name: '到早上 08:29' }).click();
    await page.locator('.clock-time', { hasText: /周\S 08:29:0\d/ }).waitFor();
  });

  test('whoever is thrown out can come back; so can the bot', async () => {
    await page.getByRole('button', { name: '聊天设置' }).click();
    await page.getByRole('combobox', { name: '小林' }).selectOption('不在群里');
    await page.getByRole('combobox', { name: '小助手' }).selectOption('不在群里');
    await page.getByRole('button', { name: '完成' }).click();
    await page.locator('.header-note', { hasText: '机器人不在群里' }).waitFor();
    await page.getByRole('button', { name: /小林不在群里/ }).click();
    await input().waitFor();
    await page.locator('.pill', { hasText: '小林 加入了群组' }).waitFor();
  });

  test('a lost stream comes back by itself with what was missed', async () => {
    const cable = await lay(new URL(here.url));
    const far = await open(DESKTOP, cable.url);
    cable.pull();
    await far.getByText('连接断开，正在重连…').waitFor();
    await here.act(message('断线时说的'));
    cable.plug();
    await messages(far).filter({ hasText: '断线时说的' }).waitFor();
    await far.context().close();
    complaints = complaints.filter((text) => !text.includes('net::ERR'));
  });

  test('a photo is shown with its caption', async () => {
    await say('/poster');
    await page.locator('.photo img').waitFor();
    await expect.poll(() => page.evaluate(`document.querySelector('.photo img').naturalWidth`)).toBe(1);
    expect(await messages().last().locator('.text').textContent()).toContain('今天的标语');
  });

  test('while the bot is typing, the header says so', async () => {
    const chat = here.emulator.watch.chats().findLast(({ title }) => title === '阳光社区居民群')?.id;
    await fetch(`${here.apiRoot}/bot${here.emulator.token}/sendChatAction?chat_id=${chat}&action=typing`);
    await page.locator('.header-note', { hasText: '小助手 正在输入' }).waitFor();
    await ask();
    await page.locator('.header-note', { hasText: '6 位成员' }).waitFor();
  });

  test('on a phone the list and the chat take turns, and nothing is wider than the screen', async () => {
    const phone = await open(PHONE);
    const wide = () => phone.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(await wide()).toBe(0);
    await phone.getByRole('button', { name: '返回聊天列表' }).tap();
    expect(await input(phone).isVisible()).toBe(false);
    expect(await wide()).toBe(0);
    await phone.getByRole('button', { name: /私聊/ }).tap();
    await phone.locator('.chip').first().tap();
    await answers(phone).waitFor();
    expect(await wide()).toBe(0);
    await messages(phone).first().locator('.text').tap();
    await phone.getByRole('menuitem', { name: '回复' }).tap();
    await phone.getByRole('button', { name: '取消' }).tap();
    await phone.getByRole('button', { name: '显示 API 调用' }).tap();
    expect(await phone.evaluate('document.activeElement.className')).toContain('panel-close');
    await phone.getByRole('button', { name: '关闭 API 调用' }).last().tap();
    await phone.getByRole('button', { name: /身份发言/ }).tap();
    await phone.getByRole('menuitemradio', { name: /Emma/ }).tap();
    await phone.locator('.chip', { hasText: 'labour contract' }).waitFor();
    await phone.context().close();
  });

  test('dark and light can be chosen, and the choice is kept', async () => {
    const dark = () => page.evaluate(`getComputedStyle(document.body).backgroundColor`);
    const before = await dark();
    await page.getByRole('button', { name: '深色外观' }).click();
    expect(await dark()).not.toBe(before);
    await page.reload();
    await input().waitFor();
    expect(await dark()).not.toBe(before);
    await page.getByRole('button', { name: '深色外观' }).click();
  });

  test('every control has a name, and ids are unique', async () => {
    await ask();
    const nameless =
      await page.evaluate(`[...document.querySelectorAll('button, input:not([hidden]), select, textarea, [role=switch]')]
      .filter((each) => !(each.getAttribute('aria-label') || each.textContent.trim() || each.labels?.length))
      .map((each) => each.outerHTML)`);
    expect(nameless).toEqual([]);
    const ids = (await page.evaluate(`[...document.querySelectorAll('[id]')].map(({ id }) => id)`)) as string[];
    expect(new Set(ids).size).toBe(ids.length);
  });
});
