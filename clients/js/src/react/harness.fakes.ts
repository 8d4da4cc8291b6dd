// The hooks and a renderer, to be bundled with the React that a page has.
export { createElement, StrictMode, version } from 'react';
export { createRoot } from 'react-dom/client';
export * from './index.ts';
