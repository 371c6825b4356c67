/** What the databases of the tests are called. */
export const PREFIX = 'wence_test_';
