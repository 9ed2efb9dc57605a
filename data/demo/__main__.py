"""Makes the demo files again: python -m data.demo. The product itself only reads the files."""

from data.demo.generator.make import FOLDER, generate

if __name__ == "__main__":
    made = generate()
    size = sum(path.stat().st_size for path in FOLDER.iterdir())
    print(f"{len(made)} files, {size / 1e6:.1f} MB in {FOLDER}")
