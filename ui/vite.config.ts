// Builds the interface into `ui/dist`, which the desktop shell embeds, and configures its tests.
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  resolve: {
    alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) },
  },
  // Relative addresses, so that the same build runs under the shell's protocol, a web server or a sub-path.
  base: './',
  clearScreen: false,
  // The credits page shows the NOTICE file beside this folder.
  server: { port: 5173, strictPort: true, fs: { allow: ['..'] } },
  build: {
    target: ['es2022', 'safari18', 'chrome125'],
    cssTarget: ['safari18', 'chrome125'],
    // The strict content security policy refuses data: fonts and scripts; keep every asset a file.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/test/setup.ts'],
    include: ['src/**/*.test.ts'],
    restoreMocks: true,
    // Queries by role are slow in jsdom, and the machines that run them are shared.
    testTimeout: 60_000,
  },
});
