// The shell: prompt, completion, dot-commands, scripts, rendering. A library, so that it can be tested.
