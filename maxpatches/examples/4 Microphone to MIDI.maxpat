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
			496.0,
			562.0
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
		"description": "Live transcription to MIDI",
		"digest": "Microphone to MIDI",
		"tags": "",
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
						1100.0,
						20.0,
						60.0,
						22.0
					],
					"outlettype": [],
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"bgfillcolor": {
						"type": "color",
						"color": [
							0.1,
							0.115,
							0.135,
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
						496.0,
						562.0
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
						1100.0,
						52.0,
						400.0,
						20.0
					],
					"outlettype": [],
					"text": "Microphone to MIDI",
					"fontsize": 16.0,
					"fontface": 1,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						12.0,
						6.0,
						400.0,
						24.0
					]
				}
			},
			{
				"box": {
					"id": "obj-3",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1100.0,
						84.0,
						472.0,
						20.0
					],
					"outlettype": [],
					"text": "Press listen and sing; MIDI out sends the notes on, echo plays them here.",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						12.0,
						26.0,
						472.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-4",
					"maxclass": "bpatcher",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						20,
						20.0,
						480,
						96
					],
					"name": "lb.bridge.maxpat",
					"bgmode": 0,
					"border": 0,
					"clickthrough": 0,
					"enablehscroll": 0,
					"enablevscroll": 0,
					"lockeddragscroll": 0,
					"viewvisibility": 1,
					"outlettype": [
						"",
						""
					],
					"offset": [
						0.0,
						0.0
					],
					"presentation": 1,
					"presentation_rect": [
						8.0,
						46.0,
						480.0,
						96.0
					]
				}
			},
			{
				"box": {
					"id": "obj-5",
					"maxclass": "bpatcher",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20,
						164.0,
						480,
						366
					],
					"name": "lb.heard.maxpat",
					"bgmode": 0,
					"border": 0,
					"clickthrough": 0,
					"enablehscroll": 0,
					"enablevscroll": 0,
					"lockeddragscroll": 0,
					"viewvisibility": 1,
					"outlettype": [
						"",
						"",
						""
					],
					"offset": [
						0.0,
						0.0
					],
					"presentation": 1,
					"presentation_rect": [
						8.0,
						150.0,
						480.0,
						366.0
					]
				}
			},
			{
				"box": {
					"id": "obj-6",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						560.0,
						372.0,
						90.0,
						24.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"mode": 1,
					"text": "echo",
					"texton": "echo",
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
						8.0,
						524.0,
						90.0,
						24.0
					]
				}
			},
			{
				"box": {
					"id": "obj-7",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						560.0,
						532.0,
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
					"id": "obj-8",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						560.0,
						564.0,
						69.3,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "unpack 0 0"
				}
			},
			{
				"box": {
					"id": "obj-9",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						560.0,
						596.0,
						35.9,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "flush"
				}
			},
			{
				"box": {
					"id": "obj-10",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						560.0,
						628.0,
						56.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "pack 0 0"
				}
			},
			{
				"box": {
					"id": "obj-11",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						560.0,
						660.0,
						97.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend /lb/note"
				}
			},
			{
				"box": {
					"id": "obj-12",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 2,
					"patching_rect": [
						640.0,
						436.0,
						35.9,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"text": "sel 0"
				}
			}
		],
		"lines": [
			{
				"patchline": {
					"source": [
						"obj-4",
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
						"obj-4",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-6",
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
						"obj-5",
						1
					],
					"destination": [
						"obj-7",
						1
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
						"obj-8",
						1
					],
					"destination": [
						"obj-9",
						1
					],
					"order": 1
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
						"obj-9",
						1
					],
					"destination": [
						"obj-10",
						1
					],
					"order": 1
				}
			},
			{
				"patchline": {
					"source": [
						"obj-10",
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
						"obj-6",
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
						"obj-9",
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
						"obj-4",
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
