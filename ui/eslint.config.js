// Lint rules of the interface. The last blocks keep the house: one door out, generated code untouched.
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const oneDoor =
  'Only src/host/ may reach the outside. Add a function to src/api/<area>.ts that calls the Host interface.';

export default ts.config(
  { ignores: ['.svelte-check/', 'screens/', 'dist/', 'node_modules/', 'src/wire/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
    rules: {
      // The content security policy refuses style attributes; `style:` directives go through the CSSOM.
      'no-restricted-syntax': [
        'error',
        {
          selector: 'SvelteAttribute[key.name="style"]',
          message: 'The content security policy refuses style attributes. Use a class or a style: directive.',
        },
      ],
      'svelte/no-at-html-tags': 'error',
      'svelte/require-each-key': 'error',
      // State that is on show is declared with runes or a SvelteMap; a plain Set or Date beside it is meant.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,svelte}'],
    ignores: ['src/host/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['@tauri-apps/*'], message: oneDoor }] }],
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: oneDoor },
        { name: 'XMLHttpRequest', message: oneDoor },
        { name: 'WebSocket', message: oneDoor },
        { name: 'EventSource', message: oneDoor },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'window', property: 'fetch', message: oneDoor },
        { object: 'globalThis', property: 'fetch', message: oneDoor },
      ],
    },
  },
  {
    files: ['src/kit/**/*.{ts,svelte}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['@tauri-apps/*'], message: oneDoor },
            {
              group: ['~/features/*', '~/api/*', '~/wire/*', '~/host/*'],
              message: 'The kit knows no domain: pass what it needs as properties.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['*.config.{js,ts}', 'scripts/**'],
    languageOptions: { globals: { ...globals.node } },
    rules: { 'no-console': 'off' },
  },
);
