package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
)

type object = map[string]any

// image packs one static binary as an OCI archive that records its own name.
func image(args []string) error {
	if len(args) < 3 {
		return errors.New("usage: image NAME BINARY ARCHIVE [UID]")
	}
	name, binary, archive, uid := args[0], args[1], args[2], 65532
	if len(args) > 3 {
		var err error
		if uid, err = strconv.Atoi(args[3]); err != nil {
			return err
		}
	}
	program, err := os.ReadFile(binary)
	if err != nil {
		return err
	}
	entrypoint := "/" + filepath.Base(binary)
	layer, err := tarball(file{entrypoint[1:], 0o755, program})
	if err != nil {
		return err
	}

	files := []file{{"oci-layout", 0o644, []byte(`{"imageLayoutVersion":"1.0.0"}`)}}
	// add stores a blob and returns its descriptor.
	add := func(mediaType string, content []byte) object {
		digest := fmt.Sprintf("%x", sha256.Sum256(content))
		files = append(files, file{"blobs/sha256/" + digest, 0o644, content})
		return object{"mediaType": mediaType, "digest": "sha256:" + digest, "size": len(content)}
	}
	const oci = "application/vnd.oci.image."
	layerDescriptor := add(oci+"layer.v1.tar", layer)
	config := add(oci+"config.v1+json", encode(object{
		"architecture": runtime.GOARCH,
		"os":           "linux",
		"config":       object{"Entrypoint": []string{entrypoint}, "User": strconv.Itoa(uid)},
		"rootfs":       object{"type": "layers", "diff_ids": []any{layerDescriptor["digest"]}},
	}))
	manifest := add(oci+"manifest.v1+json", encode(object{
		"schemaVersion": 2,
		"mediaType":     oci + "manifest.v1+json",
		"config":        config,
		"layers":        []object{layerDescriptor},
	}))
	manifest["annotations"] = object{"org.opencontainers.image.ref.name": name}
	files = append(files, file{"index.json", 0o644, encode(object{
		"schemaVersion": 2,
		"manifests":     []object{manifest},
	})})

	content, err := tarball(files...)
	if err != nil {
		return err
	}
	return os.WriteFile(archive, content, 0o644)
}

type file struct {
	path    string
	mode    int64
	content []byte
}

func tarball(files ...file) ([]byte, error) {
	var buffer bytes.Buffer
	writer := tar.NewWriter(&buffer)
	for _, f := range files {
		header := &tar.Header{Name: f.path, Mode: f.mode, Size: int64(len(f.content)), Format: tar.FormatUSTAR}
		if err := writer.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := writer.Write(f.content); err != nil {
			return nil, err
		}
	}
	err := writer.Close()
	return buffer.Bytes(), err
}

func encode(value object) []byte {
	encoded, err := json.Marshal(value)
	if err != nil {
		panic(err) // only maps, lists, strings and numbers: cannot fail
	}
	return encoded
}
