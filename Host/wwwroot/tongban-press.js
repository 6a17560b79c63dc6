// A button is pressed when the pointer goes down on it and comes up where it was, also when the button has moved meanwhile: leaving a
// field that was put right takes its error away, and what stands below moves up under the pointer.
const still = 4; // pixels
let pressed = null;

addEventListener('pointerdown', event => {
  const button = event.button === 0 ? event.target.closest?.('button') : null;
  pressed = button && { button, x: event.clientX, y: event.clientY };
}, true);

addEventListener('pointerup', event => {
  const press = pressed;
  pressed = null;
  // Where the button still is under the pointer, the browser clicks it.
  if (press && !press.button.contains(event.target) && Math.hypot(event.clientX - press.x, event.clientY - press.y) < still) press.button.click();
}, true);
