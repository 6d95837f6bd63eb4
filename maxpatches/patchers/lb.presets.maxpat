{
	"patcher": {
		"fileversion": 1,
		"appversion": {
			"major": 8,
			"minor": 6,
			"revision": 0,
			"architecture": "x64",
			"modernui": 1
		},
		"classnamespace": "box",
		"rect": [
			80.0,
			100.0,
			480.0,
			66.0
		],
		"bglocked": 0,
		"openinpresentation": 1,
		"default_fontsize": 12.0,
		"default_fontface": 0,
		"default_fontname": "Arial",
		"gridonopen": 1,
		"gridsize": [
			15.0,
			15.0
		],
		"gridsnaponopen": 1,
		"objectsnaponopen": 1,
		"statusbarvisible": 2,
		"toolbarvisible": 1,
		"lefttoolbarpinned": 0,
		"toptoolbarpinned": 0,
		"righttoolbarpinned": 0,
		"bottomtoolbarpinned": 0,
		"toolbars_unpinned_last_save": 0,
		"tallnewobj": 0,
		"boxanimatetime": 200,
		"enablehscroll": 1,
		"enablevscroll": 1,
		"devicewidth": 0.0,
		"description": "Lists the presets of the bridge and loads the one that is chosen. Type a name and press return to save what is set now; delete takes away the one that the menu shows, if it is one of yours. Wire the inlet to the left outlet of lb.bridge, and the outlet to its inlet.",
		"digest": "Presets: everything that is set, under names",
		"tags": "latent-bridge",
		"style": "",
		"subpatcher_template": "",
		"assistshowspatchername": 0,
		"boxes": [
			{
				"box": {
					"id": "obj-1",
					"maxclass": "panel",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						860.0,
						20.0,
						60.0,
						22.0
					],
					"outlettype": [],
					"bgcolor": [
						0.16,
						0.18,
						0.21,
						1.0
					],
					"bgfillcolor": {
						"type": "color",
						"color": [
							0.16,
							0.18,
							0.21,
							1.0
						]
					},
					"border": 0,
					"rounded": 8,
					"background": 1,
					"ignoreclick": 1,
					"presentation": 1,
					"presentation_rect": [
						0.0,
						0.0,
						480.0,
						66.0
					]
				}
			},
			{
				"box": {
					"id": "obj-2",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						860.0,
						52.0,
						100.0,
						20.0
					],
					"outlettype": [],
					"text": "lb.presets",
					"fontsize": 14.0,
					"fontface": 1,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						7.0,
						100.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-3",
					"maxclass": "inlet",
					"numinlets": 0,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						20.0,
						30.0,
						30.0
					],
					"outlettype": [
						""
					],
					"comment": "what lb.bridge puts out",
					"index": 1
				}
			},
			{
				"box": {
					"id": "obj-4",
					"maxclass": "outlet",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						20.0,
						468.0,
						30.0,
						30.0
					],
					"outlettype": [],
					"comment": "OSC messages for lb.bridge",
					"index": 1
				}
			},
			{
				"box": {
					"id": "obj-5",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						52.0,
						166.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"text": "route /lb/preset.reply /lb/done"
				}
			},
			{
				"box": {
					"id": "obj-6",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						20.0,
						84.0,
						264.0,
						20.0
					],
					"outlettype": [],
					"text": "the list; its first name clears the menu"
				}
			},
			{
				"box": {
					"id": "obj-7",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						20.0,
						116.0,
						30.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "t l l"
				}
			},
			{
				"box": {
					"id": "obj-8",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						120.0,
						148.0,
						49.3,
						22.0
					],
					"outlettype": [
						"inactive",
						"inactive"
					],
					"text": "zl nth 1"
				}
			},
			{
				"box": {
					"id": "obj-9",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						120.0,
						180.0,
						35.9,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "sel 1"
				}
			},
			{
				"box": {
					"id": "obj-10",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						120.0,
						212.0,
						36.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "clear"
				}
			},
			{
				"box": {
					"id": "obj-11",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						20.0,
						180.0,
						49.3,
						22.0
					],
					"outlettype": [
						"inactive",
						"inactive"
					],
					"text": "zl nth 3"
				}
			},
			{
				"box": {
					"id": "obj-12",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						212.0,
						98.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend append"
				}
			},
			{
				"box": {
					"id": "obj-13",
					"maxclass": "umenu",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						276.0,
						120.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"fontsize": 11.0,
					"rounded": 6.0,
					"bgfillcolor_type": "color",
					"bgfillcolor_color": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"color": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"elementcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						10.0,
						34.0,
						190.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-14",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						20.0,
						314.4,
						131.7,
						20.0
					],
					"outlettype": [],
					"text": "load the chosen one"
				}
			},
			{
				"box": {
					"id": "obj-15",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						340.0,
						58.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "tosymbol"
				}
			},
			{
				"box": {
					"id": "obj-16",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						20.0,
						372.0,
						32.6,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "t s s"
				}
			},
			{
				"box": {
					"id": "obj-17",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						404.0,
						133.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend /lb/preset load"
				}
			},
			{
				"box": {
					"id": "obj-18",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						280.0,
						116.0,
						70.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "previous",
					"fontsize": 11.0,
					"rounded": 6.0,
					"border": 0,
					"bgcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"bgoncolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bgovercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"textoncolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"textovercolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						206.0,
						34.0,
						62.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-19",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						280.0,
						148.0,
						108.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "/lb/preset previous"
				}
			},
			{
				"box": {
					"id": "obj-20",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						410.0,
						116.0,
						70.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "next",
					"fontsize": 11.0,
					"rounded": 6.0,
					"border": 0,
					"bgcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"bgoncolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bgovercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"textoncolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"textovercolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						272.0,
						34.0,
						62.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-21",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						410.0,
						148.0,
						86.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "/lb/preset next"
				}
			},
			{
				"box": {
					"id": "obj-22",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						560.0,
						84.0,
						119.1,
						20.0
					],
					"outlettype": [],
					"text": "save under a name"
				}
			},
			{
				"box": {
					"id": "obj-23",
					"maxclass": "textedit",
					"numinlets": 1,
					"numoutlets": 4,
					"patching_rect": [
						560.0,
						116.0,
						120.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"",
						""
					],
					"lines": 1,
					"keymode": 1,
					"fontsize": 11.0,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						338.0,
						8.0,
						132.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-24",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						560.0,
						148.0,
						60.6,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "route text"
				}
			},
			{
				"box": {
					"id": "obj-25",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						560.0,
						180.0,
						58.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "tosymbol"
				}
			},
			{
				"box": {
					"id": "obj-26",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						560.0,
						212.0,
						136.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend /lb/preset save"
				}
			},
			{
				"box": {
					"id": "obj-27",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						700.0,
						116.0,
						50.0,
						20.0
					],
					"outlettype": [],
					"text": "save as",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						290.0,
						11.0,
						50.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-28",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						280.0,
						314.4,
						144.29999999999998,
						20.0
					],
					"outlettype": [],
					"text": "delete the chosen one"
				}
			},
			{
				"box": {
					"id": "obj-29",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						280.0,
						340.0,
						70.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "delete",
					"fontsize": 11.0,
					"rounded": 6.0,
					"border": 0,
					"bgcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"bgoncolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bgovercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"textoncolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"textovercolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						408.0,
						34.0,
						62.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-30",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						370.0,
						340.0,
						28.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "t b"
				}
			},
			{
				"box": {
					"id": "obj-31",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						280.0,
						378.4,
						39.9,
						22.0
					],
					"outlettype": [
						"inactive",
						"inactive"
					],
					"text": "zl reg"
				}
			},
			{
				"box": {
					"id": "obj-32",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						280.0,
						416.8,
						143.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend /lb/preset delete"
				}
			},
			{
				"box": {
					"id": "obj-33",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						560.0,
						237.6,
						383.7,
						20.0
					],
					"outlettype": [],
					"text": "list when asked, when a bridge comes, and after each change"
				}
			},
			{
				"box": {
					"id": "obj-34",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						560.0,
						404.0,
						78.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "/lb/preset list"
				}
			},
			{
				"box": {
					"id": "obj-35",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						700.0,
						340.0,
						70.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"text": "list",
					"fontsize": 11.0,
					"rounded": 6.0,
					"border": 0,
					"bgcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"bgoncolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bgovercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"textoncolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"textovercolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						340.0,
						34.0,
						62.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-36",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						560.0,
						308.0,
						49.3,
						22.0
					],
					"outlettype": [
						"inactive",
						"inactive"
					],
					"text": "zl nth 1"
				}
			},
			{
				"box": {
					"id": "obj-37",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						700.0,
						308.0,
						49.3,
						22.0
					],
					"outlettype": [
						"inactive",
						"inactive"
					],
					"text": "zl nth 2"
				}
			},
			{
				"box": {
					"id": "obj-38",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						560.0,
						340.0,
						78.6,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "sel /lb/preset"
				}
			},
			{
				"box": {
					"id": "obj-39",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						800.0,
						340.0,
						72.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "fromsymbol"
				}
			},
			{
				"box": {
					"id": "obj-40",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						800.0,
						372.0,
						49.3,
						22.0
					],
					"outlettype": [
						"inactive",
						"inactive"
					],
					"text": "zl nth 1"
				}
			},
			{
				"box": {
					"id": "obj-41",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 3,
					"patching_rect": [
						800.0,
						404.0,
						90.6,
						22.0
					],
					"outlettype": [
						"",
						"",
						""
					],
					"text": "sel save delete"
				}
			},
			{
				"box": {
					"id": "obj-42",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						560.0,
						276.0,
						30.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "t l l"
				}
			},
			{
				"box": {
					"id": "obj-43",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						800.0,
						308.0,
						34.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "gate"
				}
			},
			{
				"box": {
					"id": "obj-44",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						620.0,
						365.6,
						28.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "t 1"
				}
			},
			{
				"box": {
					"id": "obj-45",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						900.0,
						365.6,
						34.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "t b 0"
				}
			},
			{
				"box": {
					"id": "obj-46",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						700.0,
						372.0,
						94.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "receive lb.again"
				}
			}
		],
		"lines": [
			{
				"patchline": {
					"source": [
						"obj-3",
						0
					],
					"destination": [
						"obj-5",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-5",
						0
					],
					"destination": [
						"obj-7",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-7",
						0
					],
					"destination": [
						"obj-11",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-7",
						1
					],
					"destination": [
						"obj-8",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-8",
						0
					],
					"destination": [
						"obj-9",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-9",
						0
					],
					"destination": [
						"obj-10",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-10",
						0
					],
					"destination": [
						"obj-13",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-11",
						0
					],
					"destination": [
						"obj-12",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-12",
						0
					],
					"destination": [
						"obj-13",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-13",
						1
					],
					"destination": [
						"obj-15",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-15",
						0
					],
					"destination": [
						"obj-16",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-16",
						0
					],
					"destination": [
						"obj-17",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-17",
						0
					],
					"destination": [
						"obj-4",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-18",
						0
					],
					"destination": [
						"obj-19",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-19",
						0
					],
					"destination": [
						"obj-4",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-20",
						0
					],
					"destination": [
						"obj-21",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-21",
						0
					],
					"destination": [
						"obj-4",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-23",
						0
					],
					"destination": [
						"obj-24",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-24",
						0
					],
					"destination": [
						"obj-25",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-25",
						0
					],
					"destination": [
						"obj-26",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-26",
						0
					],
					"destination": [
						"obj-4",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-29",
						0
					],
					"destination": [
						"obj-30",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-30",
						0
					],
					"destination": [
						"obj-31",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-16",
						1
					],
					"destination": [
						"obj-31",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-31",
						0
					],
					"destination": [
						"obj-32",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-32",
						0
					],
					"destination": [
						"obj-4",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-5",
						1
					],
					"destination": [
						"obj-42",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-42",
						1
					],
					"destination": [
						"obj-36",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-42",
						0
					],
					"destination": [
						"obj-37",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-36",
						0
					],
					"destination": [
						"obj-38",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-38",
						0
					],
					"destination": [
						"obj-44",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-44",
						0
					],
					"destination": [
						"obj-43",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-37",
						0
					],
					"destination": [
						"obj-43",
						1
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-43",
						0
					],
					"destination": [
						"obj-39",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-39",
						0
					],
					"destination": [
						"obj-40",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-40",
						0
					],
					"destination": [
						"obj-41",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-38",
						1
					],
					"destination": [
						"obj-45",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-45",
						1
					],
					"destination": [
						"obj-43",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-41",
						0
					],
					"destination": [
						"obj-34",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-41",
						1
					],
					"destination": [
						"obj-34",
						0
					],
					"order": 1
				}
			},
			{
				"patchline": {
					"source": [
						"obj-35",
						0
					],
					"destination": [
						"obj-34",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-34",
						0
					],
					"destination": [
						"obj-4",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-46",
						0
					],
					"destination": [
						"obj-34",
						0
					],
					"order": 0
				}
			}
		],
		"dependency_cache": [],
		"autosave": 0
	}
}
