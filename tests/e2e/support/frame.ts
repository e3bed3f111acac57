/**
 * The browser's notice that the guard's own init script, which Playwright puts into every frame, may not run in a frame
 * without rights. A journey that allows it looks at the frame's source for scripts itself.
 */
export const FRAME_NOTICE = /Blocked script execution in 'about:srcdoc'/;
