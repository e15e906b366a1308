// Uses GORM on pgx: migrations, relations, hooks of transactions, with and without prepared statements.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"
)

// Customer has purchases.
type Customer struct {
	ID        uint
	Name      string `gorm:"uniqueIndex;size:100"`
	Born      *time.Time
	Extra     map[string]any `gorm:"serializer:json;type:jsonb"`
	Purchases []Purchase
	CreatedAt time.Time
	DeletedAt gorm.DeletedAt `gorm:"index"`
}

// Purchase belongs to a customer.
type Purchase struct {
	ID         uint
	CustomerID uint
	Total      float64 `gorm:"type:numeric(10,2);check:total > 0"`
}

var failures int

func check(name string, action func()) {
	defer func() {
		if problem := recover(); problem != nil {
			failures++
			fmt.Printf("failed %s: %s\n", name, strings.ReplaceAll(fmt.Sprint(problem), "\n", "|"))
			return
		}
		fmt.Println("ok", name)
	}()
	action()
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func equal[T comparable](actual, expected T) {
	if actual != expected {
		panic(fmt.Sprintf("expected %v, got %v", expected, actual))
	}
}

func main() {
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, module := range build.Deps {
			if module.Path == "gorm.io/gorm" {
				fmt.Println("version", strings.TrimPrefix(module.Version, "v"))
			}
		}
	}
	checkAll("", false, false)
	checkAll(", statements kept", true, false)
	checkAll(", simple protocol", false, true)
	fmt.Println("done")
	if failures > 0 {
		os.Exit(1)
	}
}

func checkAll(way string, prepare, simple bool) {
	var db *gorm.DB
	check("connects and migrates"+way, func() {
		var err error
		db, err = gorm.Open(
			postgres.New(postgres.Config{DSN: os.Getenv("DATABASE_URL"), PreferSimpleProtocol: simple}),
			&gorm.Config{PrepareStmt: prepare, Logger: logger.Discard, TranslateError: true})
		must(err)
		must(db.Migrator().DropTable(&Purchase{}, &Customer{}))
		must(db.AutoMigrate(&Customer{}, &Purchase{}))
		must(db.AutoMigrate(&Customer{}, &Purchase{}))
		types, err := db.Migrator().ColumnTypes(&Purchase{})
		must(err)
		equal(len(types), 3)
	})
	check("objects and relations"+way, func() { objects(db) })
	check("transactions and savepoints"+way, func() { transactions(db) })
	check("batches and upserts"+way, func() { batches(db) })
	check("many at the same time"+way, func() { concurrently(db) })
	connections, err := db.DB()
	must(err)
	must(connections.Close())
}

func objects(db *gorm.DB) {
	born := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	ada := Customer{Name: "Ada 🐘", Born: &born, Extra: map[string]any{"a": "b"}, Purchases: []Purchase{{Total: 12.5}, {Total: 0.01}}}
	must(db.Create(&ada).Error)
	var found Customer
	must(db.Preload("Purchases").Joins("LEFT JOIN purchases p ON p.customer_id = customers.id").First(&found, "name = ?", "Ada 🐘").Error)
	equal(len(found.Purchases), 2)
	equal(found.Born.UTC(), born)
	equal(found.Extra["a"].(string), "b")
	must(db.Model(&found).Update("name", "Ada").Error)
	must(db.Delete(&found).Error)
	equal(errors.Is(db.First(&Customer{}, found.ID).Error, gorm.ErrRecordNotFound), true)
	equal(errors.Is(db.Create(&Customer{Name: "Ada"}).Error, gorm.ErrDuplicatedKey), true)
	rows, err := db.Model(&Purchase{}).Rows()
	must(err)
	count := 0
	for rows.Next() {
		var purchase Purchase
		must(db.ScanRows(rows, &purchase))
		count++
	}
	must(rows.Close())
	equal(count, 2)
}

func transactions(db *gorm.DB) {
	must(db.Transaction(func(outer *gorm.DB) error {
		must(outer.Create(&Customer{Name: "outer"}).Error)
		err := outer.Transaction(func(inner *gorm.DB) error {
			must(inner.Create(&Customer{Name: "inner"}).Error)
			return errors.New("changed my mind")
		})
		equal(err.Error(), "changed my mind")
		return nil
	}))
	var count int64
	must(db.Model(&Customer{}).Where("name IN ?", []string{"outer", "inner"}).Count(&count).Error)
	equal(count, 1)
}

func batches(db *gorm.DB) {
	customers := make([]Customer, 500)
	for n := range customers {
		customers[n].Name = fmt.Sprintf("batch %d", n)
	}
	must(db.CreateInBatches(customers, 100).Error)
	must(db.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "name"}}, DoUpdates: clause.AssignmentColumns([]string{"extra"})}).
		Create(&Customer{Name: "batch 1", Extra: map[string]any{"new": "yes"}}).Error)
	seen := 0
	var some []Customer
	must(db.Where("name LIKE ?", "batch%").FindInBatches(&some, 70, func(tx *gorm.DB, _ int) error {
		seen += len(some)
		return nil
	}).Error)
	equal(seen, 500)
}

func concurrently(db *gorm.DB) {
	var group sync.WaitGroup
	problems := make(chan error, 30)
	for n := range 30 {
		group.Add(1)
		go func() {
			defer group.Done()
			problems <- db.Transaction(func(tx *gorm.DB) error {
				if err := tx.Create(&Customer{Name: fmt.Sprintf("at once %d", n)}).Error; err != nil {
					return err
				}
				return tx.First(&Customer{}, "name = ?", fmt.Sprintf("at once %d", n)).Error
			})
		}()
	}
	group.Wait()
	close(problems)
	for problem := range problems {
		must(problem)
	}
}
