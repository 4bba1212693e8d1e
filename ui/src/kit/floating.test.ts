import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import Dialog from './Dialog.svelte';
import Popover from './Popover.svelte';

const words = createRawSnippet(() => ({ render: () => '<p>Words inside</p>' }));
const trigger = createRawSnippet(() => ({ render: () => '<button>Open</button>' }));

/** What stands on the body every element inherits, and the page would be styled anew at each press. */
test('what floats puts no style on the body, open or pressed', async () => {
  const user = userEvent.setup();
  render(Popover, { props: { label: 'Small', open: true, trigger, children: words } });
  await user.pointer({ keys: '[MouseLeft>]', target: await screen.findByText('Words inside') });
  expect(document.body.getAttribute('style') ?? '').toBe('');
  await user.pointer({ keys: '[/MouseLeft]' });
  document.body.replaceChildren();
  render(Dialog, { props: { title: 'Large', open: true, children: words } });
  await user.pointer({ keys: '[MouseLeft>]', target: await screen.findByText('Words inside') });
  expect(document.body.getAttribute('style') ?? '').toBe('');
});
