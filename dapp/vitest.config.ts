import { defineConfig, mergeConfig } from 'vitest/config';
import build from './vite.config.ts';

export default mergeConfig(
  build({ mode: 'test', command: 'serve' }),
  defineConfig({ test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'node' } }),
);
