// Checks a published ledger with the Go project's own implementation of transparency logs and signed notes
// (golang.org/x/mod/sumdb), and signs a checkpoint with it for the other side to check.
//
//	tlogcheck check DIR LEDGER_VKEY WITNESS_VKEY   every tile, entry, inclusion and consistency proof
//	tlogcheck sign ORIGIN                          prints a vkey and, behind an empty line, a signed checkpoint
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

func main() {
	var err error
	switch {
	case len(os.Args) == 5 && os.Args[1] == "check":
		err = check(os.Args[2], os.Args[3], os.Args[4])
	case len(os.Args) == 3 && os.Args[1] == "sign":
		err = sign(os.Args[2])
	default:
		err = fmt.Errorf("usage: tlogcheck check DIR LEDGER_VKEY WITNESS_VKEY | sign ORIGIN")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(dir, ledgerKey, witnessKey string) error {
	ledger, err := note.NewVerifier(ledgerKey)
	if err != nil {
		return fmt.Errorf("ledger key: %w", err)
	}
	witness, err := newCosignatureVerifier(witnessKey)
	if err != nil {
		return fmt.Errorf("witness key: %w", err)
	}
	msg, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return err
	}
	opened, err := note.Open(msg, note.VerifierList(ledger, witness))
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	if len(opened.Sigs) != 2 || len(opened.UnverifiedSigs) != 0 {
		return fmt.Errorf("checkpoint: %d signatures verified, %d not; two expected", len(opened.Sigs), len(opened.UnverifiedSigs))
	}
	origin, tree, err := parseCheckpoint(opened.Text)
	if err != nil {
		return err
	}
	if origin != ledger.Name() {
		return fmt.Errorf("checkpoint of %q, signed by %q", origin, ledger.Name())
	}
	reader := tlog.TileHashReader(tree, tiles(dir))
	leaves, err := entries(dir, tree.N)
	if err != nil {
		return err
	}
	for i, leaf := range leaves {
		proof, err := tlog.ProveRecord(tree.N, int64(i), reader)
		if err != nil {
			return fmt.Errorf("leaf %d: %w", i, err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, int64(i), tlog.RecordHash(leaf)); err != nil {
			return fmt.Errorf("leaf %d: %w", i, err)
		}
	}
	proofs, err := checkProofs(dir, leaves, tree, reader)
	if err != nil {
		return err
	}
	fmt.Printf("checked %d leaves and %d proofs of %s\n", tree.N, proofs, origin)
	return nil
}

func parseCheckpoint(text string) (string, tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 {
		return "", tlog.Tree{}, fmt.Errorf("checkpoint: three lines expected: %q", text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return "", tlog.Tree{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return lines[0], tlog.Tree{N: size, Hash: hash}, err
}

// tiles reads hash tiles by the paths of C2SP tlog-tiles, which leave out the height that sumdb names.
type tiles string

func (tiles) Height() int { return tileHeight }

func (dir tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		content, err := os.ReadFile(filepath.Join(string(dir), path))
		if err != nil {
			return nil, err
		}
		data = append(data, content)
	}
	return data, nil
}

func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func entries(dir string, size int64) ([][]byte, error) {
	var leaves [][]byte
	for first := int64(0); first < size; first += 1 << tileHeight {
		width := size - first
		if width > 1<<tileHeight {
			width = 1 << tileHeight
		}
		tile := tlog.Tile{H: tileHeight, L: 0, N: first >> tileHeight, W: int(width)}
		path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		bundle, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			return nil, err
		}
		for len(bundle) > 0 {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				return nil, fmt.Errorf("%s: cut short", path)
			}
			length := int(binary.BigEndian.Uint16(bundle))
			leaves = append(leaves, bundle[2:2+length])
			bundle = bundle[2+length:]
		}
	}
	if int64(len(leaves)) != size {
		return nil, fmt.Errorf("%d entries in bundles, checkpoint states %d", len(leaves), size)
	}
	return leaves, nil
}

// checkProofs takes the other side's proofs: "inclusion INDEX SIZE hash…" and "consistency OLD NEW hash…", one a line.
func checkProofs(dir string, leaves [][]byte, tree tlog.Tree, reader tlog.HashReader) (int, error) {
	text, err := os.ReadFile(filepath.Join(dir, "proofs.txt"))
	if err != nil {
		return 0, err
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	for _, line := range lines {
		words := strings.Fields(line)
		from, _ := strconv.ParseInt(words[1], 10, 64)
		size, _ := strconv.ParseInt(words[2], 10, 64)
		var hashes []tlog.Hash
		for _, word := range words[3:] {
			hash, err := tlog.ParseHash(word)
			if err != nil {
				return 0, err
			}
			hashes = append(hashes, hash)
		}
		root, err := tlog.TreeHash(size, reader)
		if err != nil {
			return 0, err
		}
		if words[0] == "inclusion" {
			err = tlog.CheckRecord(hashes, size, root, from, tlog.RecordHash(leaves[from]))
		} else {
			var old tlog.Hash
			old, err = tlog.TreeHash(from, reader)
			if err == nil {
				err = tlog.CheckTree(hashes, size, root, from, old)
			}
		}
		if err != nil {
			return 0, fmt.Errorf("%s: %w", line, err)
		}
	}
	return len(lines), nil
}

// cosignatureVerifier is what sumdb's note package lacks: C2SP tlog-cosignature v1, type 0x04.
type cosignatureVerifier struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func newCosignatureVerifier(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("name+id+key expected: %q", vkey)
	}
	data, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(data) != 1+ed25519.PublicKeySize || data[0] != 4 {
		return nil, fmt.Errorf("a key of type 4 expected: %q", vkey)
	}
	hash := sha256.Sum256(append([]byte(parts[0]+"\n"), data...))
	id := binary.BigEndian.Uint32(hash[:4])
	if fmt.Sprintf("%08x", id) != parts[1] {
		return nil, fmt.Errorf("id %s, computed %08x", parts[1], id)
	}
	return &cosignatureVerifier{parts[0], id, data[1:]}, nil
}

func (v *cosignatureVerifier) Name() string    { return v.name }
func (v *cosignatureVerifier) KeyHash() uint32 { return v.id }
func (v *cosignatureVerifier) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	var signed bytes.Buffer
	fmt.Fprintf(&signed, "cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(v.key, signed.Bytes(), sig[8:])
}

func sign(origin string) error {
	skey, vkey, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		return err
	}
	hash := tlog.RecordHash([]byte("the only leaf"))
	text := fmt.Sprintf("%s\n1\n%s\n", origin, hash)
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		return err
	}
	fmt.Printf("%s\n\n%s", vkey, signed)
	return nil
}
