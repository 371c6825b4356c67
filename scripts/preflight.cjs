// Loaded before each command (`node -r`), in words that an old Node reads, too: what a person sees who has not run `npm ci`
// yet, or whose Node can't run TypeScript as it is, is one line that says what to do.
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');
const WANTED = 24;

function isInstalled() {
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  return Object.keys(dependencies).every((name) => fs.existsSync(path.join(ROOT, 'node_modules', name)));
}

function runsTypes() {
  return Boolean(process.features.typescript) && Number(process.versions.node.split('.')[0]) >= WANTED;
}

const fault = !isInstalled()
  ? '还没有安装：请先在这个文件夹里运行 npm ci。 Run npm ci in this folder first.'
  : runsTypes()
    ? undefined
    : `这里的 Node ${process.version} 不能运行 TypeScript：请用 npm run 启动，npm ci 会装好 Node ${WANTED}。 This Node cannot run TypeScript: use npm run, with the Node ${WANTED} that npm ci installs.`;

if (fault) {
  process.stderr.write(`${fault}\n`);
  process.exit(1);
}
