/** Starts the interface in the page's `#app` element. */
import { mount } from 'svelte';
import './styles/index.css';
import App from './App.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('The page has no #app element to start in.');
mount(App, { target });
