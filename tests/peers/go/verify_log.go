// verify_log checks a Jingwei log with Go's checksum-database packages, which know nothing of Jingwei.
//
//	verify_log -vkey KEY [-old FILE]... [-receipt FILE]... FOLDER|URL
//
// It checks the signed checkpoint; the root, recomputed from the entries and from the tiles; the inclusion of every leaf of
// a small log, of a sample of a large one; consistency with each older checkpoint; each receipt's leaf, path and signature.
// It prints one line and exits 0, or says what failed and exits 1.
//
// It needs only golang.org/x/mod/sumdb. With Debian's packages: GO111MODULE=off GOPATH=/usr/share/gocode go run verify_log.go
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight   = 8
	tileWidth    = 1 << tileHeight
	allLeavesMax = 2000 // leaves; above it a sample is proved
	sampleLeaves = 500
	fileBytesMax = 64 << 20
)

// source reads a log's files from a folder or a web server.
type source struct{ place string }

func (s source) read(path string) ([]byte, error) {
	if !strings.HasPrefix(s.place, "http://") && !strings.HasPrefix(s.place, "https://") {
		return os.ReadFile(filepath.Join(s.place, filepath.FromSlash(path)))
	}
	response, err := http.Get(strings.TrimSuffix(s.place, "/") + "/" + path)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, response.Status)
	}
	return io.ReadAll(io.LimitReader(response.Body, fileBytesMax))
}

// readTile reads a tile, or the front of the full tile that replaced a partial one.
func (s source) readTile(tile tlog.Tile) ([]byte, error) {
	// Go's paths carry the tile height, C2SP's do not.
	path := func(t tlog.Tile) string {
		return "tile/" + strings.TrimPrefix(t.Path(), fmt.Sprintf("tile/%d/", tileHeight))
	}
	data, err := s.read(path(tile))
	if err == nil || tile.W == tileWidth {
		return data, err
	}
	full := tile
	full.W = tileWidth
	data, fullErr := s.read(path(full))
	if fullErr != nil || len(data) != tileWidth*tlog.HashSize {
		return nil, err
	}
	return data[:tile.W*tlog.HashSize], nil
}

// readEntries reads the entries tile n of a tree of the given size.
func (s source) readEntries(n, size int64) ([][]byte, error) {
	tile := tlog.Tile{H: tileHeight, L: 0, N: n, W: tileWidth}
	if left := size - n*tileWidth; left < tileWidth {
		tile.W = int(left)
	}
	path := func(t tlog.Tile) string {
		return "tile/entries/" + strings.TrimPrefix(t.Path(), fmt.Sprintf("tile/%d/0/", tileHeight))
	}
	data, err := s.read(path(tile))
	if err != nil && tile.W < tileWidth {
		full := tile
		full.W = tileWidth
		data, err = s.read(path(full))
	}
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(data) > 0 && len(entries) < tile.W {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("%s is cut short", path(tile))
		}
		length := 2 + int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:length])
		data = data[length:]
	}
	if len(entries) != tile.W {
		return nil, fmt.Errorf("%s holds %d entries, not %d", path(tile), len(entries), tile.W)
	}
	return entries, nil
}

// tileReader hands tiles to package tlog, which verifies them against the root before it uses them.
type tileReader struct{ source }

func (tileReader) Height() int { return tileHeight }
func (r tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := r.readTile(tile)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}
func (tileReader) SaveTiles([]tlog.Tile, [][]byte) {}

// checkpoint is a log's head as C2SP tlog-checkpoint writes it.
type checkpoint struct {
	origin string
	tree   tlog.Tree
}

func openCheckpoint(data []byte, vkey string) (checkpoint, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return checkpoint{}, err
	}
	signed, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return checkpoint{}, fmt.Errorf("checkpoint: %w", err)
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return checkpoint{}, errors.New("checkpoint: not three lines that begin with the key's name")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return checkpoint{}, fmt.Errorf("checkpoint: size %q", lines[1])
	}
	hash, err := tlog.ParseHash(lines[2])
	if err != nil {
		return checkpoint{}, fmt.Errorf("checkpoint: root: %w", err)
	}
	return checkpoint{lines[0], tlog.Tree{N: size, Hash: hash}}, nil
}

// hashStore keeps every hash of a tree that is recomputed from entries.
type hashStore []tlog.Hash

func (s *hashStore) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, index := range indexes {
		if index >= int64(len(*s)) {
			return nil, fmt.Errorf("hash %d is not there", index)
		}
		hashes = append(hashes, (*s)[index])
	}
	return hashes, nil
}

// recompute hashes all entries anew and compares the root.
func recompute(s source, tree tlog.Tree) ([]tlog.Hash, error) {
	var store hashStore
	var leaves []tlog.Hash
	for n := int64(0); n*tileWidth < tree.N; n++ {
		entries, err := s.readEntries(n, tree.N)
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			hashes, err := tlog.StoredHashes(int64(len(leaves)), entry, &store)
			if err != nil {
				return nil, err
			}
			store = append(store, hashes...)
			leaves = append(leaves, tlog.RecordHash(entry))
		}
	}
	root := tlog.Hash(sha256.Sum256(nil))
	if tree.N > 0 {
		var err error
		if root, err = tlog.TreeHash(tree.N, &store); err != nil {
			return nil, err
		}
	}
	if root != tree.Hash {
		return nil, fmt.Errorf("the entries give the root %v, the checkpoint says %v", root, tree.Hash)
	}
	return leaves, compareTiles(s, tree.N, &store)
}

// compareTiles reads every tile and compares it with the recomputed hashes.
func compareTiles(s source, size int64, store *hashStore) error {
	for level := 0; size>>(tileHeight*uint(level)) > 0; level++ {
		items := size >> (tileHeight * uint(level))
		for n := int64(0); n*tileWidth < items; n++ {
			tile := tlog.Tile{H: tileHeight, L: level, N: n, W: tileWidth}
			if left := items - n*tileWidth; left < tileWidth {
				tile.W = int(left)
			}
			data, err := s.readTile(tile)
			if err != nil {
				return err
			}
			expected, err := tlog.ReadTileData(tile, store)
			if err != nil {
				return err
			}
			if !bytes.Equal(data, expected) {
				return fmt.Errorf("tile %s does not match the entries", tile.Path())
			}
		}
	}
	return nil
}

// proveLeaves proves leaves through the tiles, as a client that has only the tiles would.
func proveLeaves(s source, tree tlog.Tree, leaves []tlog.Hash) (int, error) {
	indexes := make([]int64, 0, len(leaves))
	if tree.N <= allLeavesMax {
		for i := range leaves {
			indexes = append(indexes, int64(i))
		}
	} else {
		random := rand.New(rand.NewSource(tree.N))
		indexes = append(indexes, 0, tree.N-1)
		for len(indexes) < sampleLeaves {
			indexes = append(indexes, random.Int63n(tree.N))
		}
	}
	reader := tlog.TileHashReader(tree, tileReader{s})
	for _, index := range indexes {
		proof, err := tlog.ProveRecord(tree.N, index, reader)
		if err != nil {
			return 0, fmt.Errorf("leaf %d: %w", index, err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaves[index]); err != nil {
			return 0, fmt.Errorf("leaf %d: %w", index, err)
		}
	}
	return len(indexes), nil
}

// checkOlder checks that the log has only grown since an older checkpoint.
func checkOlder(s source, tree tlog.Tree, file, vkey string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	old, err := openCheckpoint(data, vkey)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if old.tree.N > tree.N {
		return fmt.Errorf("%s: the log was larger (%d) than it is (%d)", file, old.tree.N, tree.N)
	}
	if old.tree.N == 0 {
		if old.tree.Hash != tlog.Hash(sha256.Sum256(nil)) {
			return fmt.Errorf("%s: an empty tree with another root", file)
		}
		return nil
	}
	proof, err := tlog.ProveTree(tree.N, old.tree.N, tlog.TileHashReader(tree, tileReader{s}))
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if err := tlog.CheckTree(proof, tree.N, tree.Hash, old.tree.N, old.tree.Hash); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// checkReceipt checks a C2SP tlog-proof whose extra line carries the statement that is the leaf.
func checkReceipt(file, vkey string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	parts := strings.SplitN(string(data), "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	if len(parts) != 2 || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "extra ") ||
		!strings.HasPrefix(lines[2], "index ") {
		return fmt.Errorf("%s: not a tlog-proof with an extra line", file)
	}
	extra, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return fmt.Errorf("%s: extra: %w", file, err)
	}
	var content struct {
		Statement []byte `json:"statement"`
		Public    string `json:"public"`
	}
	if err := json.Unmarshal(extra, &content); err != nil {
		return fmt.Errorf("%s: extra: %w", file, err)
	}
	// The statement holds the digest of the exact public text; finding it needs no CBOR.
	digest := sha256.Sum256([]byte(content.Public))
	if !bytes.Contains(content.Statement, digest[:]) {
		return fmt.Errorf("%s: the statement does not hold the digest of the public part", file)
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return fmt.Errorf("%s: index: %w", file, err)
	}
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return fmt.Errorf("%s: path: %w", file, err)
		}
		proof = append(proof, hash)
	}
	head, err := openCheckpoint([]byte(parts[1]), vkey)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if err := tlog.CheckRecord(proof, head.tree.N, head.tree.Hash, index, tlog.RecordHash(content.Statement)); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

type files []string

func (f *files) String() string     { return strings.Join(*f, " ") }
func (f *files) Set(v string) error { *f = append(*f, v); return nil }

func run() (string, error) {
	var older, receipts files
	vkey := flag.String("vkey", "", "the log's verifier key")
	flag.Var(&older, "old", "an older checkpoint file (may be repeated)")
	flag.Var(&receipts, "receipt", "a receipt file (may be repeated)")
	flag.Parse()
	if *vkey == "" || flag.NArg() != 1 {
		return "", errors.New("usage: verify_log -vkey KEY [-old FILE]... [-receipt FILE]... FOLDER|URL")
	}
	s := source{flag.Arg(0)}
	data, err := s.read("checkpoint")
	if err != nil {
		return "", err
	}
	head, err := openCheckpoint(data, *vkey)
	if err != nil {
		return "", err
	}
	leaves, err := recompute(s, head.tree)
	if err != nil {
		return "", err
	}
	proved, err := proveLeaves(s, head.tree, leaves)
	if err != nil {
		return "", err
	}
	for _, file := range older {
		if err := checkOlder(s, head.tree, file, *vkey); err != nil {
			return "", err
		}
	}
	for _, file := range receipts {
		if err := checkReceipt(file, *vkey); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%s: %d entries, root %v; %d leaves proved, %d older checkpoints consistent, %d receipts valid",
		head.origin, head.tree.N, head.tree.Hash, proved, len(older), len(receipts)), nil
}

func main() {
	summary, err := run()
	if err != nil {
		fmt.Println("verify_log: failed:", err)
		os.Exit(1)
	}
	fmt.Println(summary)
}
