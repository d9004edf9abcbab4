def tool():
    return "ours"
