"""A zip in which a thousand entries are the same bytes."""

import zipfile

HONEST = 0


def build(folder):
    path = folder / "mallory.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("hw.py", bytes(1 << 20))
        first = archive.infolist()[0]
        for number in range(900):
            entry = zipfile.ZipInfo(f"f{number}.txt")
            for name in ("CRC", "compress_size", "file_size", "compress_type", "header_offset"):
                setattr(entry, name, getattr(first, name))
            archive.filelist.append(entry)
            archive.NameToInfo[entry.filename] = entry
        archive._didModify = True
    return path
