import { expect, test } from 'vitest';
import { fakeWindow } from './router.fakes.ts';
import { createRouter } from './router.ts';
import { HOME, type Route } from './routes.ts';

const APES: Route = {
  page: 'collection',
  chainId: 1,
  contract: '0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d',
};
const APE: Route = { ...APES, page: 'token', tokenId: '7' };
const OTHER: Route = { ...APE, tokenId: '8' };

function open(hash?: string) {
  const window = fakeWindow(hash);
  return { window, router: createRouter(window) };
}

test('begins at the page of the address', () => {
  expect(open().router.get()).toEqual({ page: HOME, dialog: null, key: 0 });
  expect(open('#/compare').router.get().page).toEqual({ page: 'compare' });
});

test('Back brings the page, its key and its place', () => {
  const { router, window } = open();
  window.scrollY = 640;
  router.go(APES);
  expect(router.scrollTop()).toBe(0);
  window.history.back();
  expect(router.get()).toEqual({ page: HOME, dialog: null, key: 0 });
  expect(router.scrollTop()).toBe(640);
});

test('Back and Forward keep the place of each, and a page of its own begins at its top', () => {
  const { router, window } = open();
  window.scrollY = 640;
  router.go(APES);
  window.scrollY = 300;
  window.history.back();
  expect(router.scrollTop()).toBe(640);
  window.forward();
  expect(router.scrollTop()).toBe(300);
  window.history.back();
  router.go({ page: 'compare' });
  window.history.back();
  window.forward();
  expect(router.get().page).toEqual({ page: 'compare' });
  window.scrollY = 80;
  window.history.back();
  window.type('#/session');
  expect(router.scrollTop()).toBe(0);
});

test('a dialog lies over its page, which stays the same one', () => {
  const { router } = open('#/c/1/0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d');
  const { key } = router.get();
  router.go(APE, { over: true });
  expect(router.get()).toEqual({ page: APES, dialog: APE, key });
  router.go(OTHER, { over: true, replace: true });
  expect(router.get()).toEqual({ page: APES, dialog: OTHER, key });
  router.close();
  expect(router.get()).toEqual({ page: APES, dialog: null, key });
});

test('a token whose address is opened directly is a page', () => {
  const { router } = open('#/t/1/0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d/7');
  expect(router.get()).toMatchObject({ page: APE, dialog: null });
  router.close();
  expect(router.get()).toMatchObject({ page: APE, dialog: null });
});

test('the same page again makes no entry', () => {
  const { router, window } = open();
  router.go(APES);
  router.go(APES);
  window.history.back();
  expect(router.get().page).toEqual(HOME);
});

test('an address that somebody types is an entry like others', () => {
  const { router, window } = open();
  router.go(APES);
  window.type('#/session');
  expect(router.get()).toEqual({ page: { page: 'session' }, dialog: null, key: 2 });
  window.history.back();
  window.history.back();
  window.forward();
  expect(router.get()).toEqual({ page: APES, dialog: null, key: 1 });
});
