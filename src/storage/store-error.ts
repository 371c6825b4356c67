/** What is the matter with the database; the codes stay stable, the sentences may change. */
export type StoreErrorCode =
  | 'bad-url'
  | 'cannot-open'
  | 'not-a-database'
  | 'corrupt'
  | 'newer'
  | 'read-only'
  | 'full'
  | 'locked'
  | 'in-use'
  | 'not-empty'
  | 'too-large'
  | 'io'
  | 'away'
  | 'denied'
  | 'missing'
  | 'conflict'
  | 'failed';

/** The one error that storage throws. Its message is for the keeper of the bot: what happened, and what to do. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  /** The database as the keeper named it, without a password. */
  readonly place: string;

  constructor(code: StoreErrorCode, place: string, cause?: unknown) {
    super(SENTENCES[code](place), { cause });
    this.name = 'StoreError';
    this.code = code;
    this.place = place;
  }
}

const SENTENCES: Readonly<Record<StoreErrorCode, (place: string) => string>> = {
  'bad-url': (place) =>
    `看不懂数据库地址「${place}」。请在 DATABASE_URL 里写成 sqlite:data/wence.db 或 postgres://用户:密码@主机/库名 这样的形式。`,
  'cannot-open': (place) => `打不开数据库 ${place}。请检查这个路径是不是文件、所在文件夹能不能写入。`,
  'not-a-database': (place) => `${place} 不是数据库文件。请把它移到别处，或在 DATABASE_URL 里换一个路径。`,
  corrupt: (place) => `数据库 ${place} 已损坏。请停下程序，用备份替换它；没有备份就把它移走，重新启动会新建一个。`,
  newer: (place) => `数据库 ${place} 是更新版本的问策建立的。请升级程序，或换回升级前备份的数据库。`,
  'read-only': (place) => `数据库 ${place} 只能读、不能写。请检查文件和所在文件夹的权限，以及磁盘是否以只读方式挂载。`,
  full: (place) => `数据库 ${place} 所在的磁盘已满。请腾出空间。`,
  locked: (place) => `数据库 ${place} 正被另一个程序占用。请关掉另一个正在运行的问策，或正在查看它的工具。`,
  'not-empty': (place) => `数据库 ${place} 里已经有内容。请换一个空的（新建一个库，或换一个文件名），不会覆盖它。`,
  'too-large': (place) =>
    `数据库 ${place} 放不下这份资料：一份最多 16 MB 文字，全部最多 128 MB、5000 份，原件共 1 GB。请直接放进各台的 KNOWLEDGE_DIR。`,
  'in-use': (place) => `数据库 ${place} 正由另一个问策使用。请只留一个在运行；两个机器人请各用各的 DATABASE_URL。`,
  io: (place) => `读写数据库 ${place} 时磁盘出错。请检查磁盘和它的剩余空间。`,
  away: (place) => `连不上数据库 ${place}。请检查它是否在运行、地址和网络是否通；程序会自己再连。`,
  denied: (place) => `数据库 ${place} 不让进或不让写。请检查 DATABASE_URL 里的用户和密码，以及这个用户的权限。`,
  missing: (place) => `数据库 ${place} 不存在。请先建好它（createdb），再启动问策。`,
  conflict: (place) => `数据库 ${place} 里两个写入互相等待，这一个让开了。程序会自己再试。`,
  failed: (place) => `数据库 ${place} 没有完成这一步。请带着日志里的原因反馈给开发者。`,
};
