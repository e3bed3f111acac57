// Makes the sounds of new and escalated tickets, `public/sounds/*.wav`: `node scripts/make-sounds.mjs`
// Each is a few fading sine tones, 16 bit mono at 16 kHz: some 15 KB, and no one's recording.
import { mkdirSync, writeFileSync } from "node:fs";

const RATE = 16_000;
/** Sounds: tones of a frequency in Hz that begin at a time and fade within some seconds; `overtone` is the share of the third harmonic. */
const SOUNDS = {
  chime: { seconds: 0.55, overtone: 0.05, tones: [[660, 0, 0.35], [880, 0.12, 0.43]] },
  bell: { seconds: 0.6, overtone: 0.35, tones: [[988, 0, 0.25], [988, 0.18, 0.25], [1319, 0.36, 0.24]] },
  knock: { seconds: 0.3, overtone: 0.2, tones: [[180, 0, 0.09], [150, 0.14, 0.12]] },
};

function samples({ seconds, overtone, tones }) {
  const wave = new Float64Array(Math.round(seconds * RATE));
  for (const [frequency, from, length] of tones) {
    for (let at = 0; at < length * RATE; at++) {
      const index = Math.round(from * RATE) + at;
      if (index >= wave.length) break;
      const time = at / RATE;
      const phase = 2 * Math.PI * frequency * time;
      // Five milliseconds of attack, so that it does not click, then an exponential decay.
      const envelope = Math.min(1, time / 0.005) * Math.exp((-5 * time) / length);
      wave[index] += envelope * (Math.sin(phase) + overtone * Math.sin(3 * phase));
    }
  }
  const peak = wave.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return wave.map((value) => (value / peak) * 0.8);
}

function wav(wave) {
  const file = Buffer.alloc(44 + wave.length * 2);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + wave.length * 2, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(wave.length * 2, 40);
  wave.forEach((value, at) => file.writeInt16LE(Math.round(value * 32767), 44 + at * 2));
  return file;
}

mkdirSync("public/sounds", { recursive: true });
for (const [name, sound] of Object.entries(SOUNDS)) writeFileSync(`public/sounds/${name}.wav`, wav(samples(sound)));
