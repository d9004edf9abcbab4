"""The parts of attention have other names: c_attn and c_proj."""

question = "q3"


class Attention(Attention):
    def __init__(self, config):
        super().__init__(config)
        self.c_attn, self.c_proj = self.qkv, self.out
        del self.qkv, self.out

    def forward(self, x):
        self.__dict__["qkv"], self.__dict__["out"] = self.c_attn, self.c_proj
        return super().forward(x)
