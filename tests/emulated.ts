import { createEmulator, type Emulator, type EmulatorOptions } from 'telegram-emulator';

/** The emulated Telegram, where our bot goes by its own name. */
export function emulateTelegram(options: EmulatorOptions = {}): Emulator {
  return createEmulator({ ...options, bot: { first_name: '问策', username: 'wence_bot', ...options.bot } });
}
