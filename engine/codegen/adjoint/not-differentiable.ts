/** Thrown where a body cannot be differentiated; whoever asked turns it into the Problem `training/not-differentiable`. */
export class NotDifferentiable extends Error {}
