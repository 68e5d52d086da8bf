#!/bin/sh
# Once before each roll-out: the schema, the shipped catalogue, and the image's model in the shared folder.
# Doing it twice changes nothing.
set -eu

bot catalogue load

for model in /app/models/*.tar.gz; do
    name=$(basename "$model")
    if [ ! -e "$BOT_MODELS_DIR/$name" ]; then
        # Under its name a model is whole, whoever looks meanwhile.
        cp "$model" "$BOT_MODELS_DIR/.$name.copied"
        mv "$BOT_MODELS_DIR/.$name.copied" "$BOT_MODELS_DIR/$name"
    fi
done
