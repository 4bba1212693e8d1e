/** Starts the interface in the page's `#app` element, over the host it finds itself in. */
import { mount } from 'svelte';
import './styles/index.css';
import App from './App.svelte';
import { useHost } from './host/host';
import { desktop, insideDesktop } from './host/tauri';

async function start(): Promise<void> {
  const target = document.getElementById('app');
  if (target === null) throw new Error('The page has no #app element to start in.');
  if (insideDesktop()) {
    useHost(desktop);
  } else {
    // An ordinary browser plays the demo; the desktop never loads it.
    const { fakeHost, fakeOptions } = await import('./host/fake');
    useHost(fakeHost(fakeOptions(location.search)));
    if (new URLSearchParams(location.search).has('gallery')) {
      const { default: Gallery } = await import('./kit/Gallery.svelte');
      mount(Gallery, { target });
      return;
    }
  }
  mount(App, { target });
  document.getElementById('watchdog')?.remove();
}

void start();
