import type { Library } from "../../library.ts";
import { functions } from "./functions.ts";
import { methods } from "./methods.ts";

export const torch: Library = {
  name: "torch",
  version: "2.15.0",
  source: "https://docs.pytorch.org/docs/stable/",
  modules: [
    "torch",
    "torch.nn",
    "torch.nn.functional",
    "torch.utils.data",
    "torch.linalg",
    "torch.autograd",
    "torch.optim",
    "torch.optim.lr_scheduler",
    "torch.cuda",
    "torch.fft",
    "torch.special",
    "torch.nn.utils.rnn",
    "torch.nn.init",
  ],
  receivers: ["torch.Tensor", "torch.nn.Module", "torch.optim.Optimizer"],
  functions,
  classes: {
    Sequential: "model",
  },
  methods,
  estimators: {
    bfloat16: "itself",
    cpu: "itself",
    cuda: "itself",
    double: "itself",
    eval: "itself",
    float: "itself",
    half: "itself",
    requires_grad_: "itself",
    to: "itself",
    train: "fit",
  },
  unjudged: ["scatter"],
};
