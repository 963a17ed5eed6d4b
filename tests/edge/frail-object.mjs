// The customer's object for tests of crashes: it can be thrown out of memory at any moment, as the runtime may do. No deployment has it.
import { customerObject as sound } from "../../www/edge/durable/customer-object.js";

export function customerObject(json) {
  return class FrailObject extends sound(json) {
    /** Ends this object at once, whatever it is doing; the next call makes it anew from what is on disk. */
    evict() {
      this.ctx.abort("evicted by a test");
    }
  };
}
